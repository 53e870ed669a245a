"""Tables and keys of contracts-1, section C1, with C1.20: what test_schema.py compares the database with.

Left out on purpose: zero dates (AMB-19: NULL or the time of creation stands instead), AUTO_INCREMENT leftovers, and
the display widths of integers.
"""

from typing import Final

#: column, type, N (not null) or Y, default; "-" where C1 gives none, "now" for CURRENT_TIMESTAMP.
TABLES: Final = {
    "novelscontract": """
        IDX bigint N -
        CBID bigint N -
        contract int N -1
        dagreement tinyint N -1
        launchtime datetime Y -
        tracker_id int Y -
        terms json N -
        update_time datetime N now
    """,
    "scontractlog": """
        IDX int N -
        CBID bigint N -
        actor varchar(20) Y -
        responsibility varchar(50) N -
        editortype int N -1
        contract int N 0
        contractname varchar(20) Y -
        createtime datetime N now
        note varchar(512) N -
        dagreement tinyint N -1
        buyoutprice decimal(15,2) N 0
        flow_id varchar(30) Y ''
        minwords decimal(15,3) N 0
        maxwords decimal(15,3) N 0
        originpid int Y -
        finishstatus int Y -
        deductiondivideamount decimal(15,3) Y -
        minneedwords_month decimal(15,3) Y -
        maxneedwords_month decimal(15,3) Y -
    """,
    "oversea_signonline_msg": """
        IDX bigint N -
        CBID bigint N -
        cauthorid bigint N -
        send_reason int N -
        msg text N -
        send_time datetime N -
        msg_route int N -
        email_en varchar(600) Y -
        status int N -
        error_msg text Y -
        sender_name varchar(255) N -
    """,
    "signonline": """
        IDX bigint N -
        CBID bigint N -
        cauthorid bigint N -
        source int N 1
        cardtype tinyint N 0
        status int N 0
        updatetime datetime N -
        realname_en varchar(512) Y -
        authorname varchar(128) Y -
        sex tinyint Y -
        birthday_en varchar(256) Y -
        cardid_en varchar(512) Y -
        keeper_cardid_en varchar(512) Y -
        zipcode varchar(20) Y -
        mobile_en varchar(256) Y -
        telpre varchar(10) Y -
        email_en varchar(600) Y -
        phone_en varchar(256) Y -
        qq_en varchar(256) Y -
        wechat_en varchar(256) Y -
        contactname_en varchar(512) Y -
        contacttelpre varchar(10) Y -
        contactmobile_en varchar(256) Y -
        bank_openname_en varchar(512) Y -
        bank_account_en varchar(512) Y -
        bank varchar(255) Y -
        bank_info varchar(255) Y -
        address_en text Y -
        dagreement tinyint N -1
        TID bigint+ Y -
        contract_no varchar(32) Y -
        createtime datetime N now
        content_hash varchar(64) N ''
        print_file varchar(200) N ''
        signed_file varchar(200) N ''
        signed_file_sha256 varchar(64) N ''
        sign_way tinyint N 1
        template_hash varchar(64) N ''
    """,
    "signonline_exp": """
        IDX bigint N -
        job varchar(512) N ''
        nationality varchar(10) N ''
        guid bigint Y -
        guarder_card_type tinyint N 0
        skype_en varchar(256) Y -
        discord_en varchar(256) Y -
        whatsapp_en varchar(256) Y -
        line_en varchar(256) Y -
        facebook_message_en varchar(256) Y -
        contact_email_en varchar(600) Y -
        swiftcode varchar(100) N ''
        country_abbreviation varchar(10) Y -
        user_address_en text Y -
        bank_address varchar(255) Y -
        signed_contract_en text Y -
        sealed_contract_en text Y -
        card_images_en text Y -
        guarder_card_images_en text Y -
        guardian_email_en varchar(600) Y -
    """,
    "signonlineauditlog": """
        IDX bigint+ N -
        signid bigint N -
        cauthorid bigint N 0
        CBID bigint N 0
        status tinyint N 1
        audittime datetime N now
        auditor varchar(50) N ''
        reason varchar(2048) N ''
        reason_id int N 0
    """,
    "signonlineconfig": """
        IDX bigint+ N -
        site int N 5
        ctype tinyint N -
        TID bigint+ N -
        tname varchar(50) N ''
        status tinyint Y -1
        articleid bigint Y -
        counselnote varchar(500) Y -
        creator varchar(50) N ''
        createtime datetime N now
        updater varchar(50) Y ''
        updatetime datetime Y -
    """,
    "signtemplate": """
        TID bigint+ N -
        tname varchar(50) N ''
        shortname varchar(200) Y ''
        template varchar(200) N ''
        rightlist mediumtext N -
        status tinyint Y -1
        creator varchar(50) N ''
        createtime datetime N now
        updater varchar(50) Y ''
        updatetime datetime Y -
        isAuthorBanksynchro tinyint Y 2
        templateconfig mediumtext Y -
    """,
    "oversea_editor_info": """
        IDX int N -
        user_id int N -
        sexattr varchar(32) N -
        categoryid varchar(512) N -
        language varchar(255) N -
        status int N -
        creator_id int N -
        create_time datetime N -
        updator_id int N -
        update_time datetime N -
    """,
    "protocoltype": """
        typeid int N -
        typename varchar(100) Y -
        status tinyint Y 1
        creator varchar(100) Y -
        createtime datetime N now
        updater varchar(100) Y -
        updatetime datetime N now
    """,
    "signonlinestep": """
        IDX bigint+ N -
        cauthorid bigint N -
        CBID bigint N -
        step tinyint N 0
        refuse_cause tinyint Y -
        is_alone tinyint Y -
        is_all_copyright tinyint Y -
        is_guarder_agreen tinyint Y -
        status tinyint Y -
        createtime datetime N now
        updatetime datetime N now
        is_editor_confirm tinyint Y 0
        editupdatetime datetime Y -
        edit_id bigint N 0
        edit_name varchar(128) N ''
        is_exclusive_sign tinyint Y -
        refuse_cause_detail varchar(255) Y -
    """,
    "author_signonline_pennamelock": """
        cauthorid bigint N -
        change_penname tinyint N -1
    """,
    "audit_reason_config": """
        IDX int N -
        business_type int N -
        name varchar(127) N -
        details text N -
        status int N -
        create_time datetime N -
        update_time datetime N -
    """,
    "responsibleeditor": """
        IDX bigint N -
        CBID bigint N -
        editor_id int N -
        editor_name varchar(50) N -
        status tinyint N 1
        dagreement tinyint N -1
        terms json N -
        create_time datetime N -
        update_time datetime N -
    """,
}
#: The same structure under another name (C1.6, C1.7, C1.9).
COPIES: Final = {
    "signonlinepre": "signonline",
    "signonline_result": "signonline",
    "signonlinepre_exp": "signonline_exp",
    "signonline_result_exp": "signonline_exp",
}
ALL: Final = {**TABLES, **{name: TABLES[source] for name, source in COPIES.items()}}

#: table, columns, unique?
KEYS: Final = [
    ("novelscontract", ("CBID",), True),
    ("novelscontract", ("update_time",), False),
    ("novelscontract", ("contract", "update_time"), False),
    ("responsibleeditor", ("CBID",), False),
    ("scontractlog", ("CBID",), False),
    ("scontractlog", ("originpid",), False),
    ("oversea_signonline_msg", ("CBID", "send_time"), False),
    ("signonline", ("CBID",), True),
    ("signonline", ("cauthorid",), False),
    ("signonline", ("status", "updatetime"), False),
    ("signonlinepre", ("CBID",), True),
    ("signonline_result", ("CBID", "dagreement"), True),
    ("signonlineauditlog", ("signid",), False),
    ("signonlineauditlog", ("cauthorid",), False),
    ("signonlineauditlog", ("CBID",), False),
    ("signonlineauditlog", ("CBID", "audittime"), False),
    ("signonlineconfig", ("TID",), False),
    ("signtemplate", ("tname",), False),
    ("signonlinestep", ("CBID",), True),
    ("signonlinestep", ("cauthorid",), False),
]
