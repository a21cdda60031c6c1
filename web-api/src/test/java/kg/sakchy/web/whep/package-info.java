/** Tests of WHEP. */
package kg.sakchy.web.whep;
