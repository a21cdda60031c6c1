/**
 * Makes cameras of the server out of devices on the network: one by one after a probe ({@link
 * kg.sakchy.onvif.registration.ProbingCameraRegistration}), many from a table ({@link
 * kg.sakchy.onvif.registration.TableImports}), and again after a device moved to another address
 * ({@link kg.sakchy.onvif.registration.AddressFollower}). Uses only ports of core; tables are
 * hostile and bounded.
 *
 * <p>Threads: calls block and run on virtual threads; a type says when it is for one thread only.
 */
@NullMarked
package kg.sakchy.onvif.registration;

import org.jspecify.annotations.NullMarked;
