package io.meshwright.extension;

/**
 * Adds to an environment what its file cannot say. The file names the class under {@code extensions}; a jar that holds
 * it declares it in {@code META-INF/services/io.meshwright.extension.EnvironmentExtension}, and has a public
 * constructor without parameters.
 *
 * <pre>{@code
 * public final class Extras implements EnvironmentExtension {
 *   @Override
 *   public void extend(Platform platform) {
 *     Chart extras = new Chart(platform.app(), "extras");
 *     SecureService.Builder.create(extras, "thumbnails")….build();
 *   }
 * }
 * }</pre>
 *
 * <p>What it adds is checked, written, listed, documented and delivered as everything else. The result is kept until a
 * file of the environment or a class changes, so it must follow from those alone: no clock, no chance, no network, and
 * of files only those that lie in its jar.
 */
@FunctionalInterface
public interface EnvironmentExtension {
    /**
     * Adds charts and constructs; called once for each environment that names this class, after everything of the file
     * is made.
     *
     * @throws RuntimeException of any kind where it cannot: nothing is written, and its message is told
     */
    void extend(Platform platform);
}
