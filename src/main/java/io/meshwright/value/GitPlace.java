package io.meshwright.value;

/** A commit's name and a folder in a Git repository, as Argo CD asks for them and as an address can carry them. */
public final class GitPlace {
    private static final String REVISION = "[A-Za-z0-9_*][A-Za-z0-9_./+@*=,-]*";
    // git check-ref-format: what a branch's or a tag's name never holds.
    private static final String NEVER = ".*(\\.\\.|//|/\\.|@\\{).*|.*(/|\\.|\\.lock)";
    private static final String SEGMENT = "(?!\\.{1,2}(/|$))[A-Za-z0-9_.-]+";

    private GitPlace() {}

    /** The revision, when it can be a branch, a tag, a commit or a range of versions such as {@code 1.2.*}. */
    public static String revision(String key, String revision) {
        Require.that(
                Require.notBlank(key, revision).matches(REVISION) && !revision.matches(NEVER),
                key,
                "%s is no name of a branch, tag or commit".formatted(Plain.quoted(revision)),
                "write it as git does, such as main or v1.4.2");
        return revision;
    }

    /** The path, when it can be a folder of the repository. */
    public static String folder(String key, String path) {
        Require.that(
                Require.notBlank(key, path).matches("%s(/%s)*".formatted(SEGMENT, SEGMENT)),
                key,
                "%s is not a folder of the repository".formatted(Plain.quoted(path)),
                "begin and end without a slash, such as dist/azure");
        return path;
    }
}
