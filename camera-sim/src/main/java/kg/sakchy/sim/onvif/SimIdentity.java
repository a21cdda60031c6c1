package kg.sakchy.sim.onvif;

/**
 * What a device says about itself.
 *
 * @param name as the discovery scope {@code name} has it
 * @param location as the discovery scope {@code location} has it
 */
public record SimIdentity(
    String name,
    String manufacturer,
    String model,
    String firmware,
    String serialNumber,
    String hardwareId,
    String location) {
  /** A device of no known maker; serial number from its name. */
  public static SimIdentity of(String name) {
    return new SimIdentity(
        name,
        "Sakchy",
        "Sim 1",
        "1.0.0",
        String.format("SIM%08X", name.hashCode()),
        "1",
        "Bishkek");
  }

  public SimIdentity withMaker(String newManufacturer, String newModel, String newFirmware) {
    return new SimIdentity(
        name, newManufacturer, newModel, newFirmware, serialNumber, hardwareId, location);
  }

  public SimIdentity withSerialNumber(String newSerialNumber) {
    return new SimIdentity(
        name, manufacturer, model, firmware, newSerialNumber, hardwareId, location);
  }

  public SimIdentity withLocation(String newLocation) {
    return new SimIdentity(
        name, manufacturer, model, firmware, serialNumber, hardwareId, newLocation);
  }
}
