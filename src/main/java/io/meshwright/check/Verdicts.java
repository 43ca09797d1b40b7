package io.meshwright.check;

import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ParsedFile;
import io.meshwright.manifest.ParsedFiles;
import io.meshwright.manifest.packed.Packer;
import io.meshwright.manifest.packed.Unpacker;
import io.meshwright.mesh.Mesh;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The findings that checks of single objects have found, by an earlier run and by this one. */
public final class Verdicts {
    /** By check and facts, and then by file: for each of its objects the findings, or nothing. */
    private final Map<String, Map<String, List<Optional<List<KnownFinding>>>>> before = new HashMap<>();

    private final Map<String, Map<Manifest, List<Finding>>> now = new ConcurrentHashMap<>();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Faultless faultless = new Faultless();
    private final Use use;

    private enum Use {
        NONE,
        BY_MESHES,
        BY_THE_NEXT_RUN
    }

    private Verdicts(Use use) {
        this.use = use;
    }

    /** Knows none and keeps none. */
    public static Verdicts none() {
        return new Verdicts(Use.NONE);
    }

    /** Keeps which objects are without fault for other meshes that have the very same bodies. */
    public static Verdicts shared() {
        return new Verdicts(Use.BY_MESHES);
    }

    /** Keeps what this run finds. */
    public static Verdicts keeping() {
        return new Verdicts(Use.BY_THE_NEXT_RUN);
    }

    /** All findings of a check, in the order of the objects. */
    Stream<Finding> of(ObjectCheck check, Mesh mesh) {
        ObjectCheck.Look look = check.look(mesh);
        if (use == Use.NONE) {
            return mesh.manifests().all().parallelStream().flatMap(object -> look.findings(object).stream());
        }
        String facts = "%s: %s".formatted(check.getClass().getName(), look.facts());
        if (use == Use.BY_MESHES) {
            return mesh.manifests().all().parallelStream()
                    .flatMap(object -> faultless.findings(look, facts, object).stream());
        }
        asked.add(facts);
        Map<Manifest, List<Finding>> known = now.computeIfAbsent(facts, none -> new ConcurrentHashMap<>());
        return mesh.manifests().all().parallelStream().flatMap(object -> {
            if (!look.isDecidedBy(object)) {
                return look.findings(object).stream();
            }
            List<Finding> found = known.get(object);
            if (found == null) {
                found = look.findings(object);
                known.put(object, found);
            }
            return found.stream();
        });
    }

    /** Takes over what is known of the objects of files that are what they were. */
    public void recall(ParsedFiles files) {
        before.forEach((facts, byFile) -> {
            Map<Manifest, List<Finding>> known = now.computeIfAbsent(facts, none -> new ConcurrentHashMap<>());
            for (ParsedFile file : files.read()) {
                if (file.isKnown()) {
                    recall(file.manifests(), byFile.getOrDefault(file.name(), List.of()), known);
                }
            }
        });
    }

    private static void recall(
            List<Manifest> objects, List<Optional<List<KnownFinding>>> found, Map<Manifest, List<Finding>> known) {
        for (int index = 0; index < found.size(); index++) {
            Manifest object = objects.get(index);
            found.get(index)
                    .ifPresent(findings -> known.put(
                            object,
                            findings.stream().map(finding -> finding.on(object)).toList()));
        }
    }

    /** Writes what is known of the objects of these files. */
    public void pack(ParsedFiles files, Packer to) {
        to.number(asked.size());
        asked.stream().sorted().forEach(facts -> {
            Map<Manifest, List<Finding>> known = now.getOrDefault(facts, Map.of());
            to.text(facts).number(files.read().size());
            files.read().forEach(file -> pack(file, known, to));
        });
    }

    private static void pack(ParsedFile file, Map<Manifest, List<Finding>> known, Packer to) {
        List<Manifest> objects = file.manifests();
        to.text(file.name()).number(objects.size());
        for (Manifest object : objects) {
            List<Finding> found = known.get(object);
            if (found == null || !found.stream().allMatch(finding -> KnownFinding.isOn(object, finding))) {
                to.number(0);
            } else {
                to.number(found.size() + 1);
                found.forEach(finding -> KnownFinding.of(finding).pack(to));
            }
        }
    }

    /** Reads what {@link #pack} wrote. */
    public static Verdicts unpacked(Unpacker from) {
        Verdicts verdicts = keeping();
        for (int rest = from.number(); rest > 0; rest--) {
            Map<String, List<Optional<List<KnownFinding>>>> byFile = new HashMap<>();
            verdicts.before.put(from.text(), byFile);
            for (int files = from.number(); files > 0; files--) {
                byFile.put(from.text(), objects(from));
            }
        }
        return verdicts;
    }

    private static List<Optional<List<KnownFinding>>> objects(Unpacker from) {
        List<Optional<List<KnownFinding>>> objects = new ArrayList<>();
        for (int rest = from.number(); rest > 0; rest--) {
            int findings = from.number();
            List<KnownFinding> found = new ArrayList<>();
            for (int left = findings; left > 1; left--) {
                found.add(KnownFinding.unpacked(from));
            }
            objects.add(findings == 0 ? Optional.empty() : Optional.of(found));
        }
        return objects;
    }
}
