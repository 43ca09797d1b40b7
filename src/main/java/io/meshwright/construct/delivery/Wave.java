package io.meshwright.construct.delivery;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cdk8s.ApiObject;

/** When Argo CD applies something: each wave begins when all that is before it is healthy. */
public enum Wave {
  /** The project, the namespaces with their labels, and Argo CD itself. */
  FOUNDATION,
  /** External Secrets, cert-manager, MetalLB: they bring CRDs and webhooks. */
  OPERATORS,
  /** Secret stores, issuers, address pools. */
  OPERATOR_RESOURCES,
  ISTIO_BASE,
  ISTIO_CNI,
  ISTIOD,
  /** What istiod validates and acts on for the whole mesh. */
  MESH,
  /** The edge proxies: their image comes from the injector, so not before istiod. */
  GATEWAY,
  /** The Gateway object and its certificate. */
  GATEWAY_RESOURCES,
  OBSERVABILITY,
  /** Argo Rollouts and KEDA. */
  CONTROLLERS,
  SERVICES;

  private static final String ANNOTATION = "argocd.argoproj.io/sync-wave";
  // Room between two waves for a team's own.
  private static final int STEP = 10;

  /** Lets an object stand before the pods of its stack, for which Argo CD takes wave 0. */
  public static void beforePods(ApiObject object) {
    object.getMetadata().addAnnotation(ANNOTATION, "-1");
  }

  /** The annotation's value; a text, as annotations are. */
  public String value() {
    return Integer.toString(ordinal() * STEP);
  }

  public SortedMap<String, String> annotations() {
    SortedMap<String, String> annotations = new TreeMap<>();
    annotations.put(ANNOTATION, value());
    return Collections.unmodifiableSortedMap(annotations);
  }
}
