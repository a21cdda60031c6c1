package kg.sakchy.onvif.ptz;

/**
 * A coordinate system for zoom with the camera's range in it ({@code tt:Space1DDescription}).
 *
 * @param uri its name
 * @param range of x
 */
record ZoomSpace(String uri, FloatRange range) {}
