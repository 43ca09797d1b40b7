package io.meshwright.manifest;

/** JSON Pointers (RFC 6901) as texts. */
final class Pointers {

  private Pointers() {}

  static String child(String pointer, String key) {
    String escaped = key.indexOf('~') < 0 && key.indexOf('/') < 0 ? key : key.replace("~", "~0").replace("/", "~1");
    return pointer.concat("/").concat(escaped);
  }

  static String parent(String pointer) {
    return pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
  }
}
