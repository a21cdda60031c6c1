/**
 * Objects in an S3 bucket, through the MinIO client and plain S3 requests alone.
 *
 * <p>Threads: safe for use by many threads; calls block on the network, within the time limits of
 * the client.
 */
@NullMarked
package kg.sakchy.storage.object.s3;

import org.jspecify.annotations.NullMarked;
