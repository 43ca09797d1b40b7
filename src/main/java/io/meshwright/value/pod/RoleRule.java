package io.meshwright.value.pod;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Word;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a Role. Everything is named: a wildcard would admit what does not exist yet, and rules about rights
 * themselves would admit everything.
 */
@Doc("Verbs about kinds of some API groups, in Kubernetes' words; without wildcards.")
public record RoleRule(
        @Required @Doc("API groups of the kinds; \"\" is that of Pods and ConfigMaps.") @Sample("[coordination.k8s.io]")
        List<String> apiGroups,

        @Required
        @Doc("Kinds in small letters and the plural, such as configmaps, or a part of one, such as pods/log.")
        @Sample("[leases]")
        List<String> resources,

        @Required @Doc("What may be done.") @Sample("[get, list, watch]")
        List<Verb> verbs,

        @Defaulted
        @Doc("Names of the objects, needed for Secrets; default: all of the namespace.")
        @Sample("[web-leader]")
        List<ObjectName> resourceNames) {
    private static final String CORE = "";
    private static final String SECRETS = "secrets";
    private static final Set<Verb> READING = EnumSet.of(Verb.GET, Verb.LIST, Verb.WATCH);

    /** Requests that come before there is a name [kubernetes.io, Using RBAC Authorization, referring to resources]. */
    private static final Set<Verb> NAMELESS = EnumSet.of(Verb.CREATE, Verb.DELETECOLLECTION);

    public RoleRule {
        apiGroups = named("apiGroups", apiGroups, "([a-z0-9]([-a-z0-9.]*[a-z0-9])?)?", "an API group");
        resources = named("resources", resources, "[a-z0-9]+(/[a-z]+)?", "a kind in the plural");
        verbs = Require.notEmpty("verbs", verbs);
        resourceNames = resourceNames == null ? List.of() : List.copyOf(resourceNames);
        for (int i = 0; i < resources.size(); i++) {
            String key = "resources[%d]".formatted(i);
            String resource = resources.get(i);
            for (String group : apiGroups) {
                kept(key, group, resource, verbs);
            }
        }
        Require.that(
                resourceNames.isEmpty() || verbs.stream().noneMatch(NAMELESS::contains),
                "resourceNames",
                "admits no create and no deletecollection, which name no object",
                "write those in a rule of their own without it");
        secrets(apiGroups, resources, verbs, resourceNames);
    }

    /** Verbs about kinds of one API group. */
    public static RoleRule of(String apiGroup, List<String> resources, Verb... verbs) {
        return new RoleRule(List.of(apiGroup), resources, List.of(verbs), null);
    }

    /** The first of its kinds by which pods would get past what holds for them; empty where none does. */
    Optional<Beyond> beyond() {
        return apiGroups.stream()
                .flatMap(group -> resources.stream()
                        .flatMap(resource -> Optional.ofNullable(does(group, resource)).stream()
                                .map(does -> new Beyond(resource, does))))
                .findFirst();
    }

    /**
     * A kind that is more than data.
     *
     * @param does a sentence's second half
     */
    record Beyond(String resource, String does) {}

    private @Nullable String does(String group, String resource) {
        boolean writes = !READING.containsAll(verbs);
        if (group.equals(CORE) && resource.matches("pods/(exec|attach|ephemeralcontainers)")) {
            return "act as others";
        } else if (group.equals(CORE) && resource.matches("(pods/(portforward|proxy)|services/proxy)")) {
            return "reach others past their policies";
        } else if (writes && runs(group, resource)) {
            return "run others, as any service account of the namespace";
        }
        boolean guards = group.equals("networking.k8s.io") && resource.equals("networkpolicies")
                || group.equals("security.istio.io");
        return writes && guards ? "change who reaches whom" : null;
    }

    private static boolean runs(String group, String resource) {
        return switch (group) {
            case CORE -> resource.matches("pods|replicationcontrollers");
            case "apps" -> resource.matches("deployments|statefulsets|daemonsets|replicasets");
            case "batch" -> resource.matches("jobs|cronjobs");
            case "argoproj.io" -> resource.equals("rollouts");
            default -> false;
        };
    }

    /** Refuses what no Role may have, and what it would not have although it says so. */
    private static void kept(String key, String group, String resource, List<Verb> verbs) {
        boolean rights = group.equals("rbac.authorization.k8s.io") && !READING.containsAll(verbs);
        Require.that(
                !rights,
                key,
                "\"%s\" would let pods give themselves rights".formatted(resource),
                "keep get, list and watch, and write Roles in manifests");
        Require.that(
                !(group.equals(CORE) && resource.equals("serviceaccounts/token")),
                key,
                "\"%s\" would give pods the token of every service account of the namespace".formatted(resource),
                "remove it; serviceAccountToken of pod.volumes is a token of their own");
        Require.that(
                !isOfCluster(group, resource),
                key,
                "\"%s\" are of the cluster, and a Role is about its namespace".formatted(resource),
                "remove it; a ClusterRole is one of manifests, with clusterKinds");
    }

    private static boolean isOfCluster(String group, String resource) {
        return switch (group) {
            case CORE -> resource.matches("(nodes|persistentvolumes|componentstatuses)(/.*)?");
            case "rbac.authorization.k8s.io" -> resource.startsWith("cluster");
            case "storage.k8s.io" -> !resource.equals("csistoragecapacities");
            case "admissionregistration.k8s.io",
                    "apiextensions.k8s.io",
                    "apiregistration.k8s.io",
                    "authentication.k8s.io",
                    "certificates.k8s.io",
                    "flowcontrol.apiserver.k8s.io",
                    "node.k8s.io",
                    "scheduling.k8s.io" -> true;
            default -> false;
        };
    }

    private static void secrets(List<String> groups, List<String> resources, List<Verb> verbs, List<ObjectName> names) {
        if (groups.contains(CORE) && resources.contains(SECRETS)) {
            String key = "resources[%d]".formatted(resources.indexOf(SECRETS));
            Require.that(
                    verbs.stream().noneMatch(NAMELESS::contains),
                    key,
                    "\"secrets\" with create or deletecollection are all of the namespace, tokens of accounts too",
                    "remove the verb; secrets.synced and manifests make Secrets");
            Require.that(
                    !names.isEmpty(),
                    key,
                    "\"secrets\" are all of the namespace, tokens and certificates too",
                    "name those that are meant in resourceNames, in a rule of their own");
        }
    }

    private static List<String> named(String key, List<String> given, String form, String what) {
        List<String> named = Require.notEmpty(key, given);
        for (int i = 0; i < named.size(); i++) {
            String each = named.get(i);
            String at = "%s[%d]".formatted(key, i);
            Require.that(
                    !each.contains("*"),
                    at,
                    "%s admits also what nobody thought of".formatted(Plain.quoted(each)),
                    "name each");
            Require.that(
                    each.matches(form),
                    at,
                    "%s is not %s".formatted(Plain.quoted(each), what),
                    "write it as kubectl api-resources does");
        }
        return named;
    }

    /** A verb of the API; those that hand out rights (escalate, bind, impersonate) and the wildcard are none. */
    public enum Verb {
        @Word("get")
        GET,
        @Word("list")
        LIST,
        @Word("watch")
        WATCH,
        @Word("create")
        CREATE,
        @Word("update")
        UPDATE,
        @Word("patch")
        PATCH,
        @Word("delete")
        DELETE,
        @Word("deletecollection")
        DELETECOLLECTION
    }
}
