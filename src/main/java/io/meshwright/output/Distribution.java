package io.meshwright.output;

import io.meshwright.value.Sha256;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The folder dist: one folder per environment, each with the manifests that Argo CD applies and the inventory of them.
 */
public final class Distribution {
    /** The file beside an environment's manifests that lists them. */
    public static final String INVENTORY = Inventory.FILE;

    private final Path dist;
    private final FileOperations files;
    private final boolean dry;

    private Distribution(Path dist, FileOperations files, boolean dry) {
        this.dist = dist;
        this.files = files;
        this.dry = dry;
    }

    public static Distribution at(Path dist) {
        return new Distribution(dist, new Disk(), false);
    }

    /** The same folder, of which every outcome says what would change, and nothing is written. */
    public Distribution dry() {
        return new Distribution(dist, files, true);
    }

    /** True if nothing is written. */
    public boolean isDry() {
        return dry;
    }

    /** The folder dist itself. */
    public Path path() {
        return dist;
    }

    static Distribution at(Path dist, FileOperations files) {
        return new Distribution(dist, files, false);
    }

    /**
     * Finishes or undoes, in every environment's folder, the write of a run that was killed.
     *
     * @return why it cannot be done, or nothing written
     * @throws IOException when the disk fails; what was begun stays recoverable
     */
    public Outcome recover() throws IOException {
        try {
            if (!dry && !interrupted().isEmpty()) {
                try (DistLock lock = DistLock.of(dist)) {
                    recoverAll();
                }
            }
            return new Outcome.Written(new TreeMap<>());
        } catch (RefusedException e) {
            return new Outcome.Refused(e.problems());
        }
    }

    /**
     * Makes the folder of each given environment hold exactly the given files, besides files that are not ours.
     *
     * <p>Folders of other environments are left alone. Everything is refused before anything is written.
     *
     * @throws IOException when the disk fails; what was begun stays recoverable
     */
    public Outcome write(SortedMap<String, List<OutputFile>> environments) throws IOException {
        try {
            SortedMap<String, SortedMap<ManifestPath, OutputFile>> wanted = byPath(environments);
            if (dry) {
                SortedMap<String, Changes> changes = new TreeMap<>();
                plan(wanted).forEach((environment, plan) -> changes.put(environment, plan.preview()));
                return new Outcome.Written(changes);
            }
            Files.createDirectories(dist);
            try (DistLock lock = DistLock.of(dist)) {
                recoverAll();
                return new Outcome.Written(carryOut(plan(wanted)));
            }
        } catch (RefusedException e) {
            return new Outcome.Refused(e.problems());
        }
    }

    /**
     * Names of the environments for which something was written, by their inventories.
     *
     * @throws IOException when the folder cannot be listed
     */
    public List<String> environments() throws IOException {
        return folders(Inventory.FILE);
    }

    /**
     * Removes every file that the inventories of these environments list, the inventories, and folders that are empty
     * then; files that are not ours stay.
     *
     * @throws IOException when the disk fails; what was begun stays recoverable
     */
    public Outcome prune(Collection<String> environments) throws IOException {
        SortedMap<String, List<OutputFile>> none = new TreeMap<>();
        environments.forEach(environment -> none.put(environment, List.of()));
        Outcome outcome = none.isEmpty() ? new Outcome.Written(new TreeMap<>()) : write(none);
        if (!dry && outcome instanceof Outcome.Written) {
            for (String environment : environments) {
                clear(environment);
            }
        }
        return outcome;
    }

    private void clear(String environment) throws IOException {
        Path folder = dist.resolve(environment);
        files.delete(folder.resolve(Inventory.FILE));
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            if (children.iterator().hasNext()) {
                return;
            }
        }
        files.delete(folder);
    }

    /**
     * Digest of what stands in an environment's folder of the given files and of the inventory; empty where one of them
     * is missing, is not a file of its own, or cannot be read.
     */
    public String digest(String environment, List<String> paths) {
        try {
            EnvironmentFolder folder = folder(environment);
            Sha256 digest = new Sha256().add(Files.readAllBytes(folder.inventory()));
            for (String path : paths.stream().sorted().toList()) {
                digest.add(path).add(Files.readAllBytes(folder.file(ManifestPath.parse(path))));
            }
            return digest.hex();
        } catch (IOException | RefusedException | IllegalArgumentException e) {
            return "";
        }
    }

    /** The same digest of a folder that holds exactly these files. */
    public static String digest(List<OutputFile> files) {
        Sha256 digest = new Sha256().add(Inventory.of(files).text());
        files.stream()
                .sorted(Comparator.comparing(OutputFile::path))
                .forEach(file -> digest.add(file.path().toString()).add(file.bytes()));
        return digest.hex();
    }

    private SortedMap<String, Plan> plan(SortedMap<String, SortedMap<ManifestPath, OutputFile>> wanted)
            throws IOException, RefusedException {
        SortedMap<String, Plan> plans = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        for (var environment : wanted.entrySet()) {
            try {
                plans.put(environment.getKey(), Plan.of(folder(environment.getKey()), environment.getValue()));
            } catch (RefusedException e) {
                problems.addAll(e.problems());
            }
        }
        refuseAny(problems);
        return plans;
    }

    private SortedMap<String, Changes> carryOut(SortedMap<String, Plan> plans) throws IOException, RefusedException {
        SortedMap<String, Changes> changes = new TreeMap<>();
        for (var plan : plans.entrySet()) {
            if (!plan.getValue().nothingToDo()) {
                new Journal(folder(plan.getKey()), files).carryOut(plan.getValue());
            }
            changes.put(plan.getKey(), plan.getValue().changes());
        }
        return changes;
    }

    private void recoverAll() throws IOException, RefusedException {
        for (String environment : interrupted()) {
            new Journal(folder(environment), files).recover();
        }
    }

    private List<String> interrupted() throws IOException {
        return folders(EnvironmentFolder.JOURNAL);
    }

    /** The environments whose folder holds this file or folder, in order. */
    private List<String> folders(String holding) throws IOException {
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(dist)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(dist, Files::isDirectory)) {
                for (Path child : children) {
                    String name = child.getFileName().toString();
                    if (EnvironmentFolder.named(name) && EnvironmentFolder.stands(child.resolve(holding))) {
                        names.add(name);
                    }
                }
            }
        }
        names.sort(null);
        return names;
    }

    private EnvironmentFolder folder(String environment) throws IOException, RefusedException {
        return EnvironmentFolder.in(dist, environment);
    }

    // Compared without case: macOS and Windows would write the second file over the first.
    private static SortedMap<String, SortedMap<ManifestPath, OutputFile>> byPath(
            SortedMap<String, List<OutputFile>> environments) throws RefusedException {
        SortedMap<String, SortedMap<ManifestPath, OutputFile>> result = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        environments.forEach((environment, list) -> {
            SortedMap<String, OutputFile> seen = new TreeMap<>();
            list.forEach(file -> {
                OutputFile other = seen.putIfAbsent(file.path().toString().toLowerCase(Locale.ROOT), file);
                if (other != null) {
                    problems.add("%s/%s: is made by both \"%s\" and \"%s\"; rename one of the two objects"
                            .formatted(environment, file.path(), other.construct(), file.construct()));
                }
            });
            SortedMap<ManifestPath, OutputFile> byPath = new TreeMap<>();
            seen.values().forEach(file -> byPath.put(file.path(), file));
            result.put(environment, byPath);
        });
        refuseAny(problems);
        return result;
    }

    private static void refuseAny(List<String> problems) throws RefusedException {
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
    }
}
