package kg.sakchy.web.access;

import java.util.Locale;

/** Over what a right is needed, and where a request names it. */
enum Place {
  /** Nothing is needed, not even that somebody is known. */
  NOBODY,
  /** That somebody is known is enough. */
  CALLER,
  /** Over something, whatever it is: the operation itself looks at what. */
  ANYWHERE,
  /** Over the whole organisation. */
  TOP,
  /** Over the camera of the path parameter {@code id}. */
  CAMERA,
  /** Over the unit of the path parameter {@code unit}. */
  UNIT,
  /** Over the unit of the body's field {@code unit}; over the top when it names none. */
  BODY_UNIT,
  /** Over the unit of the body's field {@code parent}. */
  BODY_PARENT;

  /** The word in the contract. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Place of(String word) {
    for (Place place : values()) {
      if (place.word().equals(word)) {
        return place;
      }
    }
    throw new IllegalStateException("x-right: nothing is known by on: " + word);
  }
}
