/** Routes, releases and resilience as Istio, Argo Rollouts and KEDA objects. */
@NullMarked
package io.meshwright.construct.traffic;

import org.jspecify.annotations.NullMarked;
