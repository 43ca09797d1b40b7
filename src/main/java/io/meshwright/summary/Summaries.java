package io.meshwright.summary;

import io.meshwright.receipt.Cache;
import io.meshwright.receipt.Inputs;
import io.meshwright.value.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Summaries in the user's cache, one for each place and list of paths that are checked from there. */
public final class Summaries {
    private final Cache cache;
    private final Optional<Inputs> inputs;
    private final String name;

    private Summaries(Cache cache, Optional<Inputs> inputs, String name) {
        this.cache = cache;
        this.inputs = inputs;
        this.name = name;
    }

    /** The one for these paths of the command line, for a user with these variables. */
    public static Summaries of(Map<String, String> variables, List<String> paths) {
        Cache cache = Cache.of(variables, "summaries");
        Sha256 name = new Sha256().add(Path.of("").toAbsolutePath().toString());
        paths.forEach(name::add);
        return new Summaries(cache, cache.isKept() ? Inputs.of(variables) : Optional.empty(), name.hex());
    }

    /** Returns what the last run left; an empty one if that is nothing that this program wrote. */
    public Summary find() {
        return inputs.map(known -> cache.read(name)
                        .flatMap(bytes -> Summary.unpacked(bytes, known.program()))
                        .orElseGet(Summary::empty))
                .orElseGet(Summary::none);
    }

    /** Keeps it for the next run. */
    public void keep(Summary summary) {
        inputs.filter(Inputs::settled).ifPresent(known -> cache.keep(name, summary.packed(known.program())));
    }
}
