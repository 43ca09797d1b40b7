package io.meshwright.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.environment.reader.Reading;
import io.meshwright.environment.reader.RecordReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of one service that are wrong together: each pair by itself. */
class ServiceKeysTest {
    private static final String IMAGE = "image: 'docker.io/library/nginx:1.29.0', resources: {requests: {cpu: 10m,"
            + " memory: 16Mi}, limits: {memory: 32Mi}}";

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
        container: {CONTAINER, probes: {port: admin}}                        | container.probes.port: there is no port "admin"; use one of: http
        container: {CONTAINER, probes: {ready: {tcpSocket: {port: admin}}}}  | container.probes.ready.tcpSocket.port: there is no port "admin"
        container: {CONTAINER, probes: {live: {tcpSocket: {port: admin}}}}   | container.probes.live.tcpSocket.port: there is no port "admin"
        container: {CONTAINER, lifecycle: {postStart: {httpGet: {path: /, port: admin}}}} | container.lifecycle.postStart.httpGet.port: there is no port "admin"
        container: {CONTAINER, lifecycle: {preStop: {httpGet: {path: /, port: admin}}}}   | container.lifecycle.preStop.httpGet.port: there is no port "admin"
        container: {CONTAINER, lifecycle: {preStop: {sleep: {seconds: 60}}}} | container.lifecycle.preStop.sleep.seconds: "60" leaves nothing of the
        container: {CONTAINER, volumeMounts: [{name: x, mountPath: /x}]}     | container.volumeMounts[0].name: there is no volume "x"; add it to pod.volumes
        pod: {volumes: {x: {emptyDir: {sizeLimit: 1Mi}}}}                    | pod.volumes.x: is mounted by no container
        pod: {sidecars: {log: {SIDE, volumeMounts: [{name: x, mountPath: /x}]}}}      | pod.sidecars.log.volumeMounts[0].name: there is no volume "x"
        pod: {initContainers: {first: {SIDE, volumeMounts: [{name: x, mountPath: /x}]}}} | pod.initContainers.first.volumeMounts[0].name: there is no volume "x"
        workload: {type: statefulSet, volumeClaimTemplates: {wal: {size: 1Gi}}} | workload.volumeClaimTemplates.wal: is mounted by no container
        container: {CONTAINER, storage: {size: 1Gi, mountPath: /d}}\\nscale: {replicas: 2} | scale.replicas: "2" pods cannot share one volume
        workload: {type: job}\\nports: [{name: http, port: 80}]               | ports: has no meaning for a workload of type job
        workload: {type: job}\\nports: []\\ncontainer: {CONTAINER, storage: {size: 1Gi, mountPath: /d}} | container.storage: has no meaning for a workload of type job
        workload: {type: job}\\nports: []\\nscale: {replicas: 1}               | scale: has no meaning for a workload of type job
        workload: {type: statefulSet}\\nrelease: {type: canary, versions: [{name: v1, weight: 90}, {name: v2, weight: 10}]} | release: has no meaning for a workload of type statefulSet
        workload: {type: statefulSet}\\nscale: {autoscale: {type: hpa, maxReplicas: 4, cpu: 60}} | scale.autoscale: has no meaning for a workload of type statefulSet
        workload: {type: existing, labels: {app: a}}                         | container: is for pods that are made here
        workload: {type: existing, labels: {app: a}}\\nNONE\\npod: {priorityClassName: high} | pod: is for pods that are made here
        workload: {type: existing, labels: {app: a}}\\nNONE\\napp: web         | app: is for pods that are made here
        workload: {type: existing, labels: {app: a}}\\nNONE\\nmetrics: {path: /m} | metrics: is for pods that are made here
        workload: {type: existing, labels: {app: a}}\\nNONE\\nproxyMetadata: {A: b} | proxyMetadata: is for pods that are made here
        workload: {type: existing, labels: {app: a}}\\nNONE\\nscale: {autoscale: {type: hpa, maxReplicas: 4, cpu: 60}} | scale.autoscale: is for pods that are made here
        workload: {type: existing, labels: {app: a}}\\nNONE\\nrelease: {type: canary, engine: rollouts, steps: [10]} | release: is for pods that are made here
        NONE                                                                  | container: is missing
        """)
    void are_refused_with_the_one_that_has_no_use(String keys, String told) {
        assertThat(read(keys))
                .isInstanceOfSatisfying(
                        Reading.Refused.class,
                        refused -> assertThat(refused.problems().toString()).contains(told));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        container: {CONTAINER, probes: {port: http}}
        container: {CONTAINER, probes: {ready: {tcpSocket: {port: http}}}}
        container: {CONTAINER, lifecycle: {preStop: {httpGet: {path: /, port: http}}}}
        container: {CONTAINER, lifecycle: {preStop: {sleep: {seconds: 29}}}}
        container: {CONTAINER, volumeMounts: [{name: x, mountPath: /x}]}\\npod: {volumes: {x: {emptyDir: {sizeLimit: 1Mi}}}}
        pod: {volumes: {x: {emptyDir: {sizeLimit: 1Mi}}}, sidecars: {log: {SIDE, volumeMounts: [{name: x, mountPath: /x}]}}}
        container: {CONTAINER, volumeMounts: [{name: wal, mountPath: /x}]}\\nworkload: {type: statefulSet, volumeClaimTemplates: {wal: {size: 1Gi}}}\\nscale: {replicas: 3}
        container: {CONTAINER, storage: {size: 1Gi, mountPath: /d}}
        workload: {type: job}\\nports: []
        workload: {type: existing, labels: {app: a}}\\nNONE
        """)
    void are_taken_where_each_has_its_use(String keys) {
        assertThat(read(keys)).isInstanceOf(Reading.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        NOTHING | 2
        container: {CONTAINER, storage: {size: 1Gi, mountPath: /d}} | 1
        container: {CONTAINER, storage: {size: 1Gi, mountPath: /d}}\\nworkload: {type: statefulSet} | 2
        workload: {type: job}\\nports: [] | 1
        workload: {type: statefulSet} | 2
        """)
    void settle_how_many_pods_there_are_where_no_number_is_given(String keys, int pods) {
        assertThat(read(keys))
                .isInstanceOfSatisfying(
                        Reading.Accepted.class,
                        accepted -> assertThat(
                                        ((Service) accepted.value()).scale().replicas())
                                .isEqualTo(pods));
    }

    private static Reading<Service> read(String keys) {
        String written = keys.replace("\\n", "\n").replace("CONTAINER", IMAGE).replace("SIDE", IMAGE);
        String container =
                written.contains("NONE") || written.startsWith("container:") || written.contains("\ncontainer:")
                        ? ""
                        : "container: {%s}\n".formatted(IMAGE);
        String ports = written.contains("ports:") ? "" : "ports: [{name: http, port: 80}]\n";
        String file = "namespace: shop\n%s%s%s\n"
                .formatted(container, ports, written.replace("NONE", "").replace("NOTHING", ""));
        return RecordReader.read("service.yaml", file.getBytes(StandardCharsets.UTF_8), Service.class);
    }
}
