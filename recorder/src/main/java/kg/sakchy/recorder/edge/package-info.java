/**
 * Fills gaps of the archive from what the cameras recorded themselves (Profile G), behind the live
 * recording in everything. See {@code design/edge-gap-fill.md}.
 *
 * <pre>
 * EdgeGapFiller --- a gap that is over ---> FillTask -+- ArchiveGaps   what is missing, what is left
 *   passes, memory, status                            +- ClockMatch    how wrong the camera's clock was then
 *                                                     +- Filling       seams, pace -> ingest.FilledLine
 * </pre>
 *
 * <p>Threads: each class states its own rule; a fill runs on a virtual thread of its own.
 */
package kg.sakchy.recorder.edge;
