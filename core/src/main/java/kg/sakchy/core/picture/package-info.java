/** Still pictures made from key frames. */
package kg.sakchy.core.picture;
