package kg.sakchy.recorder.segment;

import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.mp4.SegmentIdentity;

/**
 * What is known of a segment when its first part comes.
 *
 * @param identity who it is
 * @param init its {@code ftyp} and {@code moov} boxes
 * @param codecs RFC 6381 strings of the tracks, separated by commas
 * @param width luma samples of the video
 * @param height luma samples of the video
 */
public record SegmentHead(
    SegmentIdentity identity, Bytes init, String codecs, int width, int height) {}
