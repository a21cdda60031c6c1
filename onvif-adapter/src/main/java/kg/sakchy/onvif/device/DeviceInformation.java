package kg.sakchy.onvif.device;

import kg.sakchy.onvif.soap.XmlCursor;

/**
 * What a camera says it is (ONVIF Core §8.1.2.4). Texts are trimmed, empty where it says nothing.
 *
 * @param make manufacturer
 * @param model as the maker writes it
 * @param firmware version
 * @param serial number
 * @param hardware id
 */
public record DeviceInformation(
    String make, String model, String firmware, String serial, String hardware) {
  static DeviceInformation read(XmlCursor response) {
    String make = "";
    String model = "";
    String firmware = "";
    String serial = "";
    String hardware = "";
    for (XmlCursor field : response.children()) {
      switch (field.name()) {
        case "Manufacturer" -> make = field.text();
        case "Model" -> model = field.text();
        case "FirmwareVersion" -> firmware = field.text();
        case "SerialNumber" -> serial = field.text();
        case "HardwareId" -> hardware = field.text();
        default -> {
          // nothing else is defined
        }
      }
    }
    return new DeviceInformation(make, model, firmware, serial, hardware);
  }
}
