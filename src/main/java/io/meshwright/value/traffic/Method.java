package io.meshwright.value.traffic;

import io.meshwright.value.Doc;

/** An HTTP method. */
@Doc("HTTP method.")
public enum Method {
  GET(true),
  HEAD(true),
  OPTIONS(true),
  POST(false),
  PUT(false),
  PATCH(false),
  DELETE(false);

  private final boolean safe;

  Method(boolean safe) {
    this.safe = safe;
  }

  /** Whether asking twice changes nothing at the server (RFC 9110, 9.2.1), so that a proxy may retry. */
  public boolean isSafe() {
    return safe;
  }
}
