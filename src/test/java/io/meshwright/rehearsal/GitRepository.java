package io.meshwright.rehearsal;

import io.meshwright.rehearsal.process.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The repository that Argo CD reads, and a working copy in which a person would change it. */
final class GitRepository {
    /** Whose commits these are; nobody's own configuration is read. */
    static final Map<String, String> VARIABLES = Map.of(
            "GIT_CONFIG_GLOBAL",
            "/dev/null",
            "GIT_CONFIG_NOSYSTEM",
            "1",
            "GIT_AUTHOR_NAME",
            "rehearsal",
            "GIT_AUTHOR_EMAIL",
            "rehearsal@localhost",
            "GIT_COMMITTER_NAME",
            "rehearsal",
            "GIT_COMMITTER_EMAIL",
            "rehearsal@localhost");

    private final Processes processes;
    private final Path work;
    private final Path bare;

    private GitRepository(Processes processes, Path work, Path bare) {
        this.processes = processes;
        this.work = work;
        this.bare = bare;
    }

    /** Empty, with the branch that every environment file names. */
    static GitRepository create(Processes processes, String branch) throws IOException, InterruptedException {
        Path folder = processes.folder();
        GitRepository repository = new GitRepository(processes, folder.resolve("work"), folder.resolve("platform.git"));
        processes.run(folder, "git", "init", "-q", "--bare", "-b", branch, repository.bare);
        processes.run(folder, "git", "clone", "-q", repository.bare, repository.work);
        processes.run(repository.work, "git", "checkout", "-q", "-B", branch);
        return repository;
    }

    String url() {
        return "file://%s".formatted(bare);
    }

    /** A file or folder of the working copy. */
    Path path(String path) {
        return work.resolve(path);
    }

    /** Commits and pushes everything that was changed; gives the commit. */
    String commit(String subject) throws IOException, InterruptedException {
        processes.run(work, "git", "add", "-A");
        processes.run(work, "git", "commit", "-q", "-m", subject);
        return push();
    }

    /** Takes the last commit back, by another one. */
    String revert() throws IOException, InterruptedException {
        processes.run(work, "git", "revert", "--no-edit", "HEAD");
        return push();
    }

    private String push() throws IOException, InterruptedException {
        processes.run(work, "git", "push", "-q", "origin", "HEAD");
        return head();
    }

    /** The newest commit. */
    String head() throws IOException, InterruptedException {
        return processes.run(work, "git", "rev-parse", "HEAD").strip();
    }
}
