/** Tests of streams for viewers. */
package kg.sakchy.gateway.view;
