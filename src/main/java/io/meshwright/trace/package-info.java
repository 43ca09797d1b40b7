/**
 * Follows one request through the manifests, from its sender to the pods that answer it.
 *
 * <p>The words: a <em>path</em> is all that happens to a request from its sender to its end. It leads over
 * <em>hops</em>, the proxies and pods that the request passes; at each hop a <em>step</em> is one thing that happens
 * there, with the fields that decided it. Where requests are divided, by weights, faults or several pods, the path
 * forks into <em>branches</em>, each of which is the path of a part of the requests. The <em>verdict</em> is how they
 * end, and a <em>delivery target</em> is the application that they reach. A <em>stage</em> is the piece of code that
 * follows the request through one part of its path and writes that down with the recorder; an <em>arrival</em> is the
 * request as it comes to one proxy. A stage that cannot know ends the path as <em>unknown</em>, or notes a
 * <em>doubt</em> with the recorder and goes on: then the verdict is unknown too, and tells how it ends otherwise.
 */
@NullMarked
package io.meshwright.trace;

import org.jspecify.annotations.NullMarked;
