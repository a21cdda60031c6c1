package kg.sakchy.gateway.webrtc.sdp;

import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.RtpMap;

/**
 * How one track of a camera will be sent.
 *
 * @param section of the offer it answers
 * @param map payload type and encoding, as offered
 * @param fmtp format parameters of the answer, or empty
 */
public record ChosenTrack(MediaDescription section, RtpMap map, String fmtp) {}
