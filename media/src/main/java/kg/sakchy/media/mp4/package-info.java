/**
 * MP4 (ISO/IEC 14496-12): segment objects read and recovered, time ranges of the archive served as
 * one file, flat clips read, and live pictures cut into fragments. Layouts of our own are in {@code
 * ref/segment-format.md}.
 *
 * <p>Nothing here changes a byte of a sample. Parts of the archive come from the muxer and are
 * handed on, with one exception, {@link kg.sakchy.media.mp4.TfdtShifter}, which changes decode
 * times. All input is taken for hostile: a length is checked against what is there before it is
 * believed.
 *
 * <p>Threads: values are immutable; readers, streams and clips say their own rule.
 */
package kg.sakchy.media.mp4;
