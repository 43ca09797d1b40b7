package io.meshwright.house.code;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.meshwright.construct.network.NetworkPolicies;
import io.meshwright.construct.network.NetworkRules;
import io.meshwright.construct.object.ApiObjects;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.construct.object.Kernel;
import io.meshwright.construct.object.KubernetesObject;
import java.util.Map;
import org.cdk8s.ApiObject;
import org.cdk8s.JsonPatch;
import software.constructs.Construct;
import software.constructs.Node;

/** Kinds of Kubernetes itself are made of fabric8's models and handed over in one place (decision 0012). */
@AnalyzeClasses(packages = "io.meshwright", importOptions = DoNotIncludeTests.class)
class OneWayToMakeObjectsTest {
    private static final String POLICIES = "io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy.*";

    @ArchTest
    static final ArchRule NO_GENERATED_STRUCTS_OF_KUBERNETES =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.cdk8s.plus34.k8s..");

    @ArchTest
    static final ArchRule NO_OBJECT_FIELD_BY_FIELD =
            noClasses().should().callConstructorWhere(target(owner(equivalentTo(ApiObject.class))));

    @ArchTest
    static final ArchRule NOBODY_PATCHES =
            noClasses().should().dependOnClassesThat().areAssignableTo(JsonPatch.class);

    /** Each property of a construct is a message to cdk8s' process, so none is asked for one by one. */
    @ArchTest
    static final ArchRule NOBODY_WALKS_THE_TREE = noClasses().should().callMethod(Node.class, "findAll");

    @ArchTest
    static final ArchRule ONE_CLASS_SPEAKS_TO_THE_TREE = noClasses()
            .that()
            .doNotBelongToAnyOf(KubernetesObject.class, ApiObjects.class, Kernel.class)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("imports.io.meshwright.objects");

    /** The values of a chart are no object and have no types; a team's own manifests come as they are. */
    @ArchTest
    static final ArchRule HARDLY_ANYTHING_IS_A_MAP = noClasses()
            .that()
            .doNotBelongToAnyOf(KubernetesObject.class)
            .and()
            .haveSimpleNameNotEndingWith("BootstrapStack")
            .and()
            .haveSimpleNameNotEndingWith("ManifestsStack")
            .should()
            .callMethod(KubernetesObject.class, "of", Construct.class, String.class, Map.class);

    @ArchTest
    static final ArchRule ONE_VOCABULARY_OF_NETWORK_POLICIES = noClasses()
            .that()
            .resideInAPackage("io.meshwright.construct..")
            .and()
            .doNotBelongToAnyOf(NetworkRules.class, NetworkPolicies.class)
            .should()
            .dependOnClassesThat()
            .haveNameMatching(POLICIES.concat("Builder"));

    /** So that what a construct refuses is told with its path, and never by jsii. */
    @ArchTest
    static final ArchRule CONSTRUCTS_ARE_MADE_IN_ONE_WAY = methods()
            .that()
            .haveName("build")
            .and()
            .haveRawReturnType(assignableTo(Construct.class))
            .and()
            .areDeclaredInClassesThat()
            .resideInAPackage("io.meshwright.construct..")
            .should(new ArchCondition<>("be made by ConstructMaker") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    boolean made = method.getMethodCallsFromSelf().stream()
                            .anyMatch(call -> call.getTargetOwner().isEquivalentTo(ConstructMaker.class));
                    events.add(new SimpleConditionEvent(method, made, method.getFullName()));
                }
            });
}
