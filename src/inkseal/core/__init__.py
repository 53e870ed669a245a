"""What every package may know: errors, actors, serial numbers, canonical JSON. Pure; imports nothing of Inkseal."""
