package io.meshwright.stack;

import io.meshwright.value.Host;

/** Names of objects that belong to a host. */
final class HostNames {
  private HostNames() {}

  /** A host as part of an object's name: {@code *.example.org} is {@code any-example-org}. */
  static String dashed(Host host) {
    return host.toString().replace("*", "any").replace('.', '-');
  }
}
