package io.meshwright.plan.git;

import io.meshwright.value.InvalidValue;
import java.io.File;
import java.io.IOException;
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

    private final Repository repository;

    private GitFolder(Repository repository) {
        this.repository = repository;
    }

    /**
     * Looks for a repository in the folder and those above it.
     *
     * @throws InvalidValue where there is none
     * @throws IOException when it cannot be read
     */
    public static GitFolder around(Path folder) throws IOException {
        SystemReader.setInstance(new KeepsNothing(SystemReader.getInstance()));
        FileRepositoryBuilder builder =
                new FileRepositoryBuilder().findGitDir(folder.toAbsolutePath().toFile());
        if (builder.getGitDir() == null) {
            throw new InvalidValue(
                    "plan", "there is no git repository around this folder", "name folders of manifests instead");
        }
        return new GitFolder(builder.build());
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

    private static InvalidValue unknown(String revision) {
        return new InvalidValue(
                "plan",
                "\"%s\" is no file, no folder and no revision here".formatted(revision),
                "name one, or fetch it first: git fetch origin %s".formatted(revision));
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
        boolean shallow = !repository.getObjectDatabase().getShallowCommits().isEmpty();
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
                boolean file = walk.getFileMode(0).equals(FileMode.REGULAR_FILE)
                        || walk.getFileMode(0).equals(FileMode.EXECUTABLE_FILE);
                if (file && isManifest(walk.getPathString())) {
                    var loader = repository.open(walk.getObjectId(0));
                    if (loader.getSize() <= LARGEST_FILE) {
                        files.put(walk.getPathString(), loader.getBytes());
                    }
                }
            }
        }
        return files;
    }

    /** The content of one file of a commit, by its path in the repository; empty where it has none. */
    public Optional<byte[]> file(RevCommit commit, String path) throws IOException {
        try (TreeWalk walk = TreeWalk.forPath(repository, path, commit.getTree())) {
            return walk != null && walk.getFileMode(0).equals(FileMode.REGULAR_FILE)
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

    /** The folder as the repository calls it: {@code ""} for its root. */
    public String path(Path folder) {
        Path root = repository.getWorkTree().toPath().toAbsolutePath().normalize();
        Path asked = folder.toAbsolutePath().normalize();
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
