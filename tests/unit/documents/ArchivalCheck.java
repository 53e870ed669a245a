// Validates PDF files with the veraPDF library: java -cp JAR ArchivalCheck.java FLAVOUR FILE...
// Prints one line per file, then one line for each rule that failed. The library's own reader of rules needs a JAXB
// that Java no longer has, so the rules are read here.

import java.io.FileInputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public class ArchivalCheck {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(arguments[0]);
        ValidationProfile profile = profile(flavour, "PDFA-" + arguments[0].toUpperCase() + ".xml");
        for (int i = 1; i < arguments.length; i++) {
            check(flavour, profile, arguments[i]);
        }
    }

    private static void check(PDFAFlavour flavour, ValidationProfile profile, String file) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
            ValidationResult result = validator.validate(parser);
            System.out.println("checks " + result.getTotalAssertions());
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    RuleId rule = assertion.getRuleId();
                    System.out.println("failed " + rule.getClause() + "-" + rule.getTestNumber());
                }
            }
        }
    }

    private static ValidationProfile profile(PDFAFlavour flavour, String name) throws Exception {
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(
                ArchivalCheck.class.getClassLoader().getResourceAsStream("org/verapdf/pdfa/validation/" + name));
        Set<Rule> rules = new HashSet<>();
        NodeList ruleNodes = document.getElementsByTagName("rule");
        for (int i = 0; i < ruleNodes.getLength(); i++) {
            rules.add(rule((Element) ruleNodes.item(i)));
        }
        Set<Variable> variables = new HashSet<>();
        NodeList variableNodes = document.getElementsByTagName("variable");
        for (int i = 0; i < variableNodes.getLength(); i++) {
            Element node = (Element) variableNodes.item(i);
            variables.add(Profiles.variableFromValues(node.getAttribute("name"), node.getAttribute("object"),
                    text(node, "defaultValue"), text(node, "value")));
        }
        return Profiles.profileFromValues(flavour,
                Profiles.profileDetailsFromValues(name, name, name, new Date(0)), "", rules, variables);
    }

    private static Rule rule(Element node) {
        Element id = (Element) node.getElementsByTagName("id").item(0);
        Boolean deferred = node.hasAttribute("deferred") ? Boolean.valueOf(node.getAttribute("deferred")) : null;
        RuleId ruleId = Profiles.ruleIdFromValues(
                PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
        return Profiles.ruleFromValues(ruleId, node.getAttribute("object"), deferred, node.getAttribute("tags"),
                text(node, "description"), text(node, "test"),
                Profiles.errorFromValues(text(node, "message"), new ArrayList<>()), new ArrayList<>());
    }

    private static String text(Element node, String name) {
        NodeList found = node.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }
}
