package io.meshwright.check.rule;

import io.meshwright.manifest.Manifest;

/** Whether two documents are two objects: one that is written twice is no rival of itself. */
final class Rivals {

  private Rivals() {}

  static boolean differ(Manifest one, Manifest other) {
    return !(one.name().equals(other.name()) && one.home().equals(other.home()) && one.kind().equals(other.kind()));
  }
}
