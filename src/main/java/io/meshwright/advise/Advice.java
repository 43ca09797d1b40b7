package io.meshwright.advise;

import io.meshwright.advise.snapshot.Queries;
import io.meshwright.advise.snapshot.Snapshot;
import io.meshwright.environment.Environment;
import io.meshwright.value.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The answer of a snapshot to an environment: proposals, what cannot be told and why, and what is only told. */
public final class Advice {
    private final List<Proposal> proposals = new ArrayList<>();
    private final List<Note> untold = new ArrayList<>();
    private final List<Note> told = new ArrayList<>();

    private Advice() {}

    /** The advice about each service in the order of the file; nothing of it was written anywhere. */
    public static Advice of(Environment environment, Snapshot snapshot) {
        Observed observed = new Observed(environment, snapshot);
        Advice advice = new Advice();
        if (snapshot.days() < Queries.LEAST_DAYS) {
            advice.untold(
                    "everything",
                    "the snapshot covers %d days, and a week has to be seen whole".formatted(snapshot.days()));
            return advice;
        }
        environment.services().keySet().forEach(service -> {
            if (observed.meshed().contains(service)) {
                advice.aboutRequests(observed, service);
            }
            advice.aboutPods(observed, service);
        });
        SizeAdvice.ofSidecars(observed, advice);
        SamplingAdvice.of(observed, advice);
        HostAdvice.of(observed, advice);
        return advice;
    }

    private void aboutRequests(Observed observed, Name service) {
        Optional<String> why = observed.tooLittle(service);
        if (why.isPresent()) {
            untold(service.toString(), why.get());
            return;
        }
        TimeoutAdvice.of(observed, service, this);
        PoolAdvice.of(observed, service, this);
        RetryAdvice.of(observed, service, this);
        BreakerAdvice.of(observed, service, this);
        WeightAdvice.of(observed, service, this);
        ScopeAdvice.of(observed, service, this);
    }

    /** Of pods that the environment makes itself, whoever counts their requests. */
    private void aboutPods(Observed observed, Name service) {
        if (observed.service(service).container() == null) {
            return;
        }
        Optional<String> why = Containers.of(observed, service).tooLittle();
        if (why.isPresent()) {
            untold("pods of %s".formatted(service), why.get());
            return;
        }
        boolean moved = ReplicaAdvice.of(observed, service, this);
        SizeAdvice.of(observed, service, moved, this);
    }

    void propose(Proposal proposal) {
        proposals.add(proposal);
    }

    /** Something that these numbers cannot answer. */
    void untold(String subject, String why) {
        untold.add(new Note(subject, why));
    }

    /** Something that no change follows from. */
    void tell(String subject, String sentence) {
        told.add(new Note(subject, sentence));
    }

    /** Something that was proposed, and cannot be after all. */
    public void drop(Proposal proposal, String why) {
        untold.add(new Note(proposal.edits().get(0).toString(), why));
    }

    public List<Proposal> proposals() {
        return List.copyOf(proposals);
    }

    public List<Note> untold() {
        return List.copyOf(untold);
    }

    public List<Note> told() {
        return List.copyOf(told);
    }
}
