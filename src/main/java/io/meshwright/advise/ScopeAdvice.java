package io.meshwright.advise;

import io.meshwright.advise.snapshot.CallQueries;
import io.meshwright.advise.snapshot.Sample;
import io.meshwright.environment.Service;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.security.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A caller that is admitted and never calls: where no other service of its namespace is admitted either, every sidecar
 * there hears of a service that nobody asks. {@code allowFrom} decides what a Sidecar object holds, so that it is the
 * key that changes; a caller that shares its namespace with the service, or with another caller of it, is only told.
 */
final class ScopeAdvice {
    private final Observed observed;
    private final Name name;
    private final Service service;
    private final Advice advice;

    private ScopeAdvice(Observed observed, Name name, Advice advice) {
        this.observed = observed;
        this.name = name;
        this.service = observed.service(name);
        this.advice = advice;
    }

    /** @param service about whose requests enough was seen */
    static void of(Observed observed, Name service, Advice advice) {
        ScopeAdvice scopes = new ScopeAdvice(observed, service, advice);
        List<Caller> unused = observed.service(service).allowFrom().stream()
                .filter(caller -> !observed.environment().isGateway(caller))
                .filter(caller -> observed.meshed().contains(caller.from()))
                .filter(caller -> !scopes.wasSeen(caller.from()))
                .filter(caller -> scopes.canBeTold(caller.from()))
                .toList();
        scopes.about(unused);
    }

    /** Tells whether a caller ever asked, be it once: a series that begins with its first request counts as none. */
    private boolean wasSeen(Name caller) {
        return observed.of(CallQueries.CALLS, name).stream().anyMatch(sample -> isFrom(sample, caller));
    }

    private boolean isFrom(Sample sample, Name caller) {
        Service from = observed.service(caller);
        return sample.label(CallQueries.CALLER_NAMESPACE)
                        .equals(from.namespace().toString())
                && sample.label(CallQueries.CALLER).equals(from.workloadName(caller.toString()));
    }

    private void about(List<Caller> unused) {
        List<Caller> asking = service.allowFrom().stream()
                .filter(caller -> !unused.contains(caller))
                .toList();
        List<Caller> outside = unused.stream()
                .filter(caller -> !namespace(caller).equals(service.namespace()))
                .filter(caller -> asking.stream().noneMatch(other -> isIn(other, namespace(caller))))
                .toList();
        boolean closes = outside.size() == service.allowFrom().size();
        unused.stream()
                .filter(caller -> closes || !outside.contains(caller))
                .forEach(caller -> advice.tell(
                        "calls of %s to %s".formatted(caller.from(), name),
                        closes
                                ? "%s; without its callers nobody could ask it, which is no advice"
                                        .formatted(seen(caller))
                                : "%s; the sidecars of namespace %s would hear of it all the same"
                                        .formatted(seen(caller), namespace(caller))));
        if (!outside.isEmpty() && !closes) {
            propose(outside);
        }
    }

    private void propose(List<Caller> unused) {
        List<Caller> others = service.allowFrom().stream()
                .filter(caller -> !unused.contains(caller))
                .toList();
        List<String> evidence = new ArrayList<>();
        unused.forEach(caller -> evidence.add(seen(caller)));
        evidence.add("nothing else of %s may call %s, so that the Sidecar there would leave it out for every sidecar"
                .formatted(
                        unused.stream()
                                .map(caller -> "namespace %s".formatted(namespace(caller)))
                                .distinct()
                                .collect(Collectors.joining(" and ")),
                        name));
        advice.propose(Proposal.of(
                KeyPath.of("services").key(name.toString()).then("allowFrom"),
                written(service.allowFrom()),
                written(others),
                evidence,
                "%s asks %s less often than every %d days, as for a month's report or when something else fails: it would be refused"
                        .formatted(
                                unused.stream()
                                        .map(caller -> caller.from().toString())
                                        .collect(Collectors.joining(" or ")),
                                name,
                                observed.days())));
    }

    private Name namespace(Caller caller) {
        return observed.service(caller.from()).namespace();
    }

    private String seen(Caller caller) {
        return "%s sent %s requests to other services in %d days, and none to %s"
                .formatted(caller.from(), Numbers.count(all(caller.from())), observed.days(), name);
    }

    private boolean canBeTold(Name from) {
        Optional<String> why = notToBeTold(from);
        why.ifPresent(sentence -> advice.untold("calls of %s to %s".formatted(from, name), sentence));
        return why.isEmpty();
    }

    private Optional<String> notToBeTold(Name from) {
        if (service.ports().stream().anyMatch(port -> !port.protocol().isHttp())) {
            return Optional.of("not all of its ports speak HTTP, and no metric of requests counts the others");
        }
        if (observed.service(from).container() == null) {
            return Optional.of("the pods of %s are made by others, so nobody knows how long they ran".formatted(from));
        }
        Optional<String> young = Containers.of(observed, from).tooLittle();
        if (young.isPresent()) {
            return Optional.of("of %s, %s".formatted(from, young.get()));
        }
        double all = all(from);
        return all < Observed.LEAST_REQUESTS
                ? Optional.of("%s sent %s requests in %d days, fewer than %s"
                        .formatted(from, Numbers.count(all), observed.days(), Numbers.count(Observed.LEAST_REQUESTS)))
                : Optional.empty();
    }

    private double all(Name caller) {
        return observed.samples(CallQueries.CALLS, sample -> isFrom(sample, caller)).stream()
                .mapToDouble(Sample::value)
                .sum();
    }

    private boolean isIn(Caller caller, Name namespace) {
        return Optional.ofNullable(observed.environment().services().get(caller.from()))
                .filter(other -> other.namespace().equals(namespace))
                .isPresent();
    }

    /** As a file has them: {@code [gateway, {from: web, methods: [GET]}]}. */
    private static String written(List<Caller> callers) {
        return callers.stream().map(ScopeAdvice::written).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String written(Caller caller) {
        if (!caller.isLimited()) {
            return caller.from().toString();
        }
        Map<String, List<?>> limits = Map.of("methods", caller.methods(), "paths", caller.paths());
        String written = limits.entrySet().stream()
                .filter(limit -> !limit.getValue().isEmpty())
                .sorted(Map.Entry.comparingByKey())
                .map(limit -> "%s: [%s]"
                        .formatted(
                                limit.getKey(),
                                limit.getValue().stream()
                                        .map(each -> "\"%s\"".formatted(each))
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining(", "));
        return "{from: %s, %s}".formatted(caller.from(), written);
    }
}
