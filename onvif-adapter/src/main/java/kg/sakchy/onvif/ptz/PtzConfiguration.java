package kg.sakchy.onvif.ptz;

/**
 * How a node is used ({@code tt:PTZConfiguration}).
 *
 * @param token its name
 * @param nodeToken of the node
 */
record PtzConfiguration(String token, String nodeToken) {}
