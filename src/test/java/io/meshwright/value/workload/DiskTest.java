package io.meshwright.value.workload;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.meshwright.value.ImageReference;
import io.meshwright.value.Name;
import io.meshwright.value.Quantity;
import io.meshwright.value.delivery.BesideFile;
import io.meshwright.value.workload.data.MountedFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks below volumes, programs that want one, and files at paths of a container. */
class DiskTest {
    @ParameterizedTest
    @CsvSource({
        "nfs-client, NETWORK",
        "azurefile, NETWORK",
        "azurefile-csi-premium, NETWORK",
        "standard-rwx, NETWORK",
        "managed-csi, BLOCK",
        "managed-csi-premium, BLOCK",
        "gp3, BLOCK",
        "standard-rwo, BLOCK",
        "local-path, LOCAL",
        "hostpath, LOCAL",
        "fast, ",
        "my-nfs, ",
        "azurefiles, ",
        "cephfs, "
    })
    void a_class_of_a_known_name_is_of_a_kind(String name, VolumeKind kind) {
        assertThat(VolumeKind.ofClass(name)).isEqualTo(Optional.ofNullable(kind));
    }

    @ParameterizedTest
    @CsvSource({
        "nfs.csi.k8s.io, true",
        "file.csi.azure.com, true",
        "cluster.local/nfs-subdir-external-provisioner, true",
        "disk.csi.azure.com, false",
        "cephfs.csi.ceph.com, false",
        "rancher.io/local-path, false"
    })
    void some_drivers_hand_out_folders_of_a_server(String driver, boolean exported) {
        assertThat(VolumeKind.isExported(driver)).isEqualTo(exported);
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/prom/prometheus:v3.5.0, PROMETHEUS",
        "quay.io/prometheus/prometheus@sha256:abc, PROMETHEUS",
        "grafana/grafana-oss, GRAFANA",
        "docker.io/grafana/grafana:12.1.0, GRAFANA",
        "docker.io/grafana/loki:3.5.0, LOKI",
        "docker.io/jaegertracing/jaeger:2.9.0, JAEGER",
        "docker.io/library/mysql:8.4, MYSQL",
        "docker.io/library/mysqldump:8.4, ",
        "docker.io/grafana/grafana-image-renderer:4.0, ",
        "docker.io/myprom/prometheus-adapter:1, ",
        "docker.io/library/nginx:1.29.1, "
    })
    void a_program_is_known_by_its_image(String image, DiskProgram program) {
        assertThat(DiskProgram.of(image)).isEqualTo(Optional.ofNullable(program));
    }

    @Test
    void a_program_says_where_its_data_are_and_how_much_it_minds() {
        assertThat(DiskProgram.GRAFANA.folder()).isEqualTo("/var/lib/grafana");
        assertThat(DiskProgram.GRAFANA.isRefusing()).isTrue();
        assertThat(DiskProgram.LOKI.isRefusing()).isFalse();
        assertThat(DiskProgram.LOKI.why()).startsWith("Loki's makers expect");
        assertThat(VolumeKind.NETWORK.word()).isEqualTo("network");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/var/lib/data/", "/process", "/a/..b", "/a/.hidden", "/devices"})
    void a_volume_is_put_over_a_folder(String path) {
        assertThatCode(() -> MountPath.check("mountPath", path)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | is not an absolute path; start it with /",
                "a/b | is not an absolute path; start it with /",
                "/ | would hide the whole image; name one folder, such as /tmp",
                "// | would hide the whole image; name one folder, such as /tmp",
                "/a//b | is no folder; name one folder, such as /tmp",
                "/a:b | is no folder; name one folder, such as /tmp",
                "/a/. | is no folder; name one folder, such as /tmp",
                "/.. | is no folder; name one folder, such as /tmp",
                "/a/../b | is no folder; name one folder, such as /tmp",
                "/proc | is the kernel's own; name another folder",
                "/sys/fs | is the kernel's own; name another folder",
                "/dev/ | is the kernel's own; name another folder"
            })
    void refuses_what_is_no_folder_or_hides_the_system(String path, String told) {
        assertRefused(() -> MountPath.check("mountPath", path)).isEqualTo("mountPath: \"%s\" %s".formatted(path, told));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\n/../b", "/proc/a\nb"})
    void a_line_break_hides_nothing(String path) {
        assertRefused(() -> MountPath.check("mountPath", path)).startsWith("mountPath: \"/");
    }

    @Test
    void files_and_mounts_have_paths_of_their_own() {
        VolumeMount mount = new VolumeMount(Name.of("data"), "/data/", null, null);

        assertThatCode(() -> MountPath.apart(Map.of("/tmp", "writable"), Set.of("/etc/a", "/etc/b"), List.of(mount)))
                .doesNotThrowAnyException();
        assertRefused(() -> MountPath.apart(Map.of("/tmp", "writable"), Set.of("/tmp"), List.of()))
                .isEqualTo("files./tmp: \"/tmp\" is taken by writable already; give it another path, or remove it");
        assertRefused(() -> MountPath.apart(Map.of("/data", "storage"), Set.of(), List.of(mount)))
                .isEqualTo(
                        "volumeMounts[0]: \"/data\" is taken by storage already; give it another path, or remove it");
        assertRefused(() -> MountPath.apart(Map.of(), Set.of(), List.of(mount, mount)))
                .startsWith("volumeMounts[1]: \"/data\" is taken by volumeMounts[0] already");
        assertRefused(() -> MountPath.apart(Map.of(), Set.of("/etc/"), List.of()))
                .isEqualTo("files./etc/: is a folder; name the file");
        assertRefused(() -> MountPath.apart(Map.of(), Set.of("etc/a"), List.of()))
                .isEqualTo("files.etc/a: \"etc/a\" is not an absolute path; start it with /");
    }

    @Test
    void a_file_has_a_text_from_one_place() {
        String one = "is not exactly one of text, from and binary; give one of them";

        assertThat(MountedFile.of("a").content()).isEqualTo("a");
        assertThat(new MountedFile(null, new BesideFile("b"), null).content()).isEqualTo("b");
        assertRefused(() -> new MountedFile(null, null, null)).isEqualTo(one);
        assertRefused(() -> new MountedFile("a", new BesideFile("b"), null)).isEqualTo(one);
        assertRefused(() -> MountedFile.of("")).isEqualTo("is an empty file; write what stands in it, or remove it");
    }

    @Test
    void a_file_is_shorter_than_a_mebibyte() {
        String told = ": is longer than a ConfigMap may be, which is a mebibyte; bring it in the image, or on a volume";

        assertThat(MountedFile.of("x".repeat((1 << 20) - 1)).content()).hasSize((1 << 20) - 1);
        assertRefused(() -> MountedFile.of("x".repeat(1 << 20))).isEqualTo("text" + told);
        assertRefused(() -> new MountedFile(null, new BesideFile("ä".repeat(1 << 19)), null))
                .isEqualTo("from" + told);
    }

    @Test
    void a_file_carries_no_password() {
        assertRefused(() -> MountedFile.of("url:\n  amqp://shop:hunter2@mq.example.org\n"))
                .isEqualTo("text: carries a password in an address, and everybody reads it here; put the file into a"
                        + " Secret, and mount that by pod.volumes");
        assertThat(MountedFile.of("url: amqp://mq.example.org").content()).startsWith("url");
    }

    @Test
    void a_folder_has_one_volume() {
        Container container =
                Container.of(ImageReference.of("docker.io/library/httpd:2.4.65"), Resources.of("50m", "64Mi", "128Mi"));
        Storage data = new Storage(Quantity.of("1Gi"), "/data/", null);
        String told = ": \"/data\" has a volume already; remove it";

        assertThat(container.with(data).storage()).isEqualTo(data);
        assertThat(container.with(Probes.http("/")).probes()).isEqualTo(Probes.http("/"));
        assertThat(container.toBuilder().build()).isEqualTo(container);
        assertRefused(() -> container.toBuilder()
                        .writable(List.of("/tmp", "/data"))
                        .storage(data)
                        .build())
                .isEqualTo("writable[1]" + told);
        assertRefused(() -> container.toBuilder()
                        .writable(List.of("/data", "/data/"))
                        .build())
                .isEqualTo("writable[1]" + told);
        assertRefused(() -> container.toBuilder()
                        .files(Map.of("/tmp", MountedFile.of("x")))
                        .build())
                .isEqualTo("files./tmp: \"/tmp\" is taken by writable already; give it another path, or remove it");
        assertRefused(() -> container.toBuilder()
                        .storage(data)
                        .files(Map.of("/data", MountedFile.of("x")))
                        .build())
                .startsWith("files./data: \"/data\" is taken by storage already");
        assertRefused(() -> Container.builder().build()).isEqualTo("image: is missing; add it");
    }

    @Test
    void a_claim_is_of_the_class_of_the_cluster_unless_it_names_one() {
        Quantity size = Quantity.of("10Gi");

        assertThat(new Claim(size, null).orClass("local-path").storageClass()).isEqualTo("local-path");
        assertThat(new Claim(size, "fast").orClass("local-path").storageClass()).isEqualTo("fast");
        assertThat(new Storage(size, "/data", null).withClass("fast").storageClass())
                .isEqualTo("fast");
        assertRefused(() -> new Claim(Quantity.of("1Ki"), null)).startsWith("size: \"1Ki\" is less than a mebibyte");
        assertRefused(() -> new Storage(Quantity.of("1Ki"), "/data", null)).startsWith("size: ");
    }
}
