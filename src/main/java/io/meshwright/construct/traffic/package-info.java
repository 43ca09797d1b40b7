/** Routes, releases and resilience as Istio, Argo Rollouts and KEDA objects. */
package io.meshwright.construct.traffic;
