package io.meshwright.plan.git;

import com.google.re2j.Pattern;
import io.meshwright.value.InvalidValue;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/** The repository around a folder, read without touching what is checked out. */
public final class GitFolder implements AutoCloseable {
    private static final int ABBREVIATED = 10;
    private static final long LARGEST_FILE = 64L << 20;

    private static final Pattern RELATIVE = Pattern.compile("[~^@:]");

    private final Repository repository;
    private final Path from;

    private GitFolder(Repository repository, Path from) {
        this.repository = repository;
        this.from = from;
    }

    /**
     * Looks for a repository in the folder and those above it.
     *
     * @throws InvalidValue where there is none
     * @throws IOException when it cannot be read
     */
    public static GitFolder around(Path folder) throws IOException {
        Path from = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(from)) {
            throw new InvalidValue("plan", "\"%s\" is no folder".formatted(folder), "name the one of a repository");
        }
        SystemReader.setInstance(new KeepsNothing(SystemReader.getInstance()));
        FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(from.toFile());
        if (builder.getGitDir() == null) {
            throw new InvalidValue(
                    "plan", "there is no git repository around this folder", "name folders of manifests instead");
        }
        return new GitFolder(builder.build(), from);
    }

    /**
     * The commit that a name, such as {@code main} or {@code HEAD~1}, means.
     *
     * @throws InvalidValue for a name that means none
     */
    public RevCommit commit(String revision) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            ObjectId id = repository.resolve(revision.concat("^{commit}"));
            if (id == null) {
                throw unknown(revision);
            }
            return walk.parseCommit(id);
        } catch (RevisionSyntaxException | MissingObjectException none) {
            throw unknown(revision);
        }
    }

    private InvalidValue unknown(String revision) throws IOException {
        String remedy = isShallow()
                ? "name one, or fetch what this shallow clone leaves out: git fetch --unshallow"
                : revision.isEmpty() || RELATIVE.matcher(revision).find()
                        ? "name one that its history has"
                        : "name one, or fetch it first: git fetch origin %s".formatted(revision);
        return new InvalidValue(
                "plan", "\"%s\" is no file, no folder and no revision here".formatted(revision), remedy);
    }

    private boolean isShallow() throws IOException {
        return !repository.getObjectDatabase().getShallowCommits().isEmpty();
    }

    /**
     * Returns the commit at which the history of two commits parts.
     *
     * @throws InvalidValue where the clone does not reach back so far
     */
    public RevCommit mergeBase(RevCommit one, RevCommit other) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(one));
            walk.markStart(walk.parseCommit(other));
            RevCommit base = walk.next();
            if (base != null) {
                return walk.parseCommit(base);
            }
        } catch (MissingObjectException shallow) {
            throw unrelated();
        }
        throw unrelated();
    }

    private InvalidValue unrelated() throws IOException {
        boolean shallow = isShallow();
        return new InvalidValue(
                "plan",
                shallow
                        ? "this clone is shallow and holds no common ancestor of the two revisions"
                        : "the two revisions have no common ancestor",
                shallow ? "fetch the rest: git fetch --unshallow" : "compare the revisions themselves with --exact");
    }

    /** The files of a commit below a folder, {@code ""} for all, by their path in the repository. */
    public SortedMap<String, byte[]> files(RevCommit commit, String below) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(commit.getTree());
            walk.setRecursive(true);
            if (!below.isEmpty()) {
                walk.setFilter(PathFilter.create(below));
            }
            while (walk.next()) {
                if (isManifest(walk.getPathString())) {
                    content(commit, walk).ifPresent(bytes -> files.put(walk.getPathString(), bytes));
                }
            }
        } catch (MissingObjectException partial) {
            throw new InvalidValue(
                    "plan",
                    "this clone leaves out files of commit %s"
                            .formatted(commit.abbreviate(ABBREVIATED).name()),
                    "fetch them: git fetch --refetch --filter=blob:limit=1g");
        }
        return files;
    }

    /** True if a commit has a manifest below a folder, {@code ""} for anywhere. */
    public boolean hasManifests(RevCommit commit, String below) throws IOException {
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(commit.getTree());
            walk.setRecursive(true);
            if (!below.isEmpty()) {
                walk.setFilter(PathFilter.create(below));
            }
            boolean found = false;
            while (!found && walk.next()) {
                found = isManifest(walk.getPathString());
            }
            return found;
        }
    }

    /** Of a file, or of one of the same commit to which a link leads. */
    private Optional<byte[]> content(RevCommit commit, TreeWalk walk) throws IOException {
        if (walk.getFileMode(0).equals(FileMode.SYMLINK)) {
            String target = new String(repository.open(walk.getObjectId(0)).getBytes(), StandardCharsets.UTF_8);
            String linked = Path.of(walk.getPathString())
                    .resolveSibling(target)
                    .normalize()
                    .toString();
            return file(commit, linked.replace('\\', '/'));
        }
        if (!isRegular(walk.getFileMode(0))) {
            return Optional.empty();
        }
        ObjectLoader loader = repository.open(walk.getObjectId(0));
        return loader.getSize() <= LARGEST_FILE ? Optional.of(loader.getBytes()) : Optional.empty();
    }

    private static boolean isRegular(FileMode mode) {
        return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
    }

    /** The content of one file of a commit, by its path in the repository; empty where it has none. */
    public Optional<byte[]> file(RevCommit commit, String path) throws IOException {
        if (path.isEmpty() || path.startsWith("/") || path.startsWith("..")) {
            return Optional.empty();
        }
        try (TreeWalk walk = TreeWalk.forPath(repository, path, commit.getTree())) {
            return walk != null && isRegular(walk.getFileMode(0))
                    ? Optional.of(repository.open(walk.getObjectId(0)).getBytes())
                    : Optional.empty();
        }
    }

    private static boolean isManifest(String path) {
        boolean hidden = path.startsWith(".") || path.contains("/.");
        return !hidden && (path.endsWith(".yaml") || path.endsWith(".yml") || path.endsWith(".json"));
    }

    /** Authors and messages of the commits that lead from one to the other. */
    public List<Map.Entry<String, String>> messages(RevCommit from, RevCommit to) throws IOException {
        List<Map.Entry<String, String>> messages = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repository)) {
            walk.markStart(walk.parseCommit(to));
            walk.markUninteresting(walk.parseCommit(from));
            for (RevCommit commit : walk) {
                messages.add(Map.entry(commit.getAuthorIdent().getName(), commit.getFullMessage()));
            }
        } catch (MissingObjectException shallow) {
            return messages; // what is not here accepts nothing
        }
        return messages;
    }

    /**
     * Returns who changed a file last, such as {@code 2026-03-01 by Kim: Admit the till (1a2b3c4d5e)}; empty for a file
     * that no commit has.
     *
     * @throws IOException when the repository cannot be read
     */
    public Optional<String> lastChange(Path file) throws IOException {
        Optional<RevCommit> head = head();
        if (head.isEmpty()) {
            return Optional.empty();
        }
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setTreeFilter(AndTreeFilter.create(PathFilter.create(path(file)), TreeFilter.ANY_DIFF));
            walk.markStart(walk.parseCommit(head.get()));
            return Optional.ofNullable(walk.next())
                    .map(commit -> "%s by %s: %s (%s)"
                            .formatted(
                                    LocalDate.ofInstant(
                                            commit.getAuthorIdent().getWhenAsInstant(),
                                            commit.getAuthorIdent().getZoneId()),
                                    commit.getAuthorIdent().getName(),
                                    commit.getShortMessage(),
                                    commit.abbreviate(ABBREVIATED).name()));
        }
    }

    /** The commit that is checked out, if there is any. */
    public Optional<RevCommit> head() throws IOException {
        ObjectId id = repository.resolve("HEAD^{commit}");
        if (id == null) {
            return Optional.empty();
        }
        try (RevWalk walk = new RevWalk(repository)) {
            return Optional.of(walk.parseCommit(id));
        }
    }

    /** A folder as seen from where the repository was looked for. */
    public Path resolve(Path folder) {
        return from.resolve(folder).normalize();
    }

    /** The folder as the repository calls it, seen from where it was looked for: {@code ""} for its root. */
    public String path(Path folder) {
        File work = repository.isBare() ? repository.getDirectory() : repository.getWorkTree();
        Path root = work.toPath().toAbsolutePath().normalize();
        Path asked = resolve(folder);
        if (!asked.startsWith(root)) {
            throw new InvalidValue(
                    "plan", "\"%s\" lies outside the repository".formatted(folder), "name a folder of it");
        }
        return root.relativize(asked).toString().replace('\\', '/');
    }

    /**
     * Keeps what is measured of file systems in memory: reading a repository shall write nothing, at home neither. Nor
     * shall it start git to ask where the machine's settings are, none of which say how to read.
     */
    private static final class KeepsNothing extends SystemReader.Delegate {
        KeepsNothing(SystemReader usual) {
            super(usual);
        }

        @Override
        public FileBasedConfig openJGitConfig(Config parent, FS files) {
            return new Nothing(parent, files);
        }

        @Override
        public FileBasedConfig openSystemConfig(Config parent, FS files) {
            return new Nothing(parent, files);
        }
    }

    /** Settings that nobody wrote. */
    private static final class Nothing extends FileBasedConfig {
        Nothing(Config parent, FS files) {
            super(parent, new File(""), files);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
