package io.meshwright.value.delivery;

import com.google.re2j.Pattern;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;

/** A commit's name and a folder in a Git repository, as Argo CD asks for them and as an address can carry them. */
public final class GitPlace {
    private static final String REVISION = "[A-Za-z0-9_*][A-Za-z0-9_./+@*=,-]*";
    // git check-ref-format: what a branch's or a tag's name never holds.
    private static final String NEVER = ".*(\\.\\.|//|/\\.|@\\{).*|.*(/|\\.|\\.lock)";
    private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*");
    private static final Pattern DOTS = Pattern.compile("(.*/)?\\.{1,2}(/.*)?");

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
                FOLDER.matches(Require.notBlank(key, path)) && !DOTS.matches(path),
                key,
                "%s is not a folder of the repository".formatted(Plain.quoted(path)),
                "begin and end without a slash, such as dist/azure");
        return path;
    }
}
