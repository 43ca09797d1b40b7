package io.meshwright.value;

/** A request method, in the upper case in which HTTP and Istio's rules compare it. */
@Doc("Request method, in upper case.")
public enum HttpMethod {
  GET,
  HEAD,
  POST,
  PUT,
  PATCH,
  DELETE,
  OPTIONS
}
