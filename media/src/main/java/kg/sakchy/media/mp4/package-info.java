/**
 * MP4 (ISO/IEC 14496-12): segment objects read and recovered, time ranges of the archive served as
 * one file, and flat clips read. Layouts of our own are in {@code ref/segment-format.md}.
 *
 * <p>Nothing here writes media: parts come from the muxer and their bytes are handed on, with one
 * exception, {@link kg.sakchy.media.mp4.TfdtShifter}, which changes decode times and nothing else.
 * All input is taken for hostile: a length is checked against what is there before it is believed.
 *
 * <p>Threads: values are immutable; readers, streams and clips say their own rule.
 */
package kg.sakchy.media.mp4;
