/**
 * FFmpeg behind small types of ours: the only package that imports {@code org.bytedeco}.
 *
 * <p>Natives: each native object has one owner here, which is {@link AutoCloseable}; nothing waits
 * for the garbage collector. Threads: unless a type says otherwise, an object belongs to one thread
 * at a time. Calls into FFmpeg pin a carrier, so long ones belong on platform threads.
 */
package kg.sakchy.ffmpeg;
