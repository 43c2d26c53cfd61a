package dev.fairlead.deploy.object;

import java.util.Optional;
import java.util.Set;

/// Which kinds of objects live in a namespace.
public interface Scopes {
    /// What is known where no cluster is asked: Kubernetes' own kinds, and anything else lives in a namespace.
    Scopes OFFLINE = (group, kind) -> Optional.of(!OfCluster.is(group, kind));

    /// Whether objects of the kind live in a namespace; empty for a kind that is not known.
    Optional<Boolean> namespaced(String group, String kind);

    /// The kinds of a cluster among Kubernetes' own.
    final class OfCluster {
        private static final Set<String> KINDS =
                Set.of(
                        "/Namespace",
                        "/Node",
                        "/PersistentVolume",
                        "admissionregistration.k8s.io/MutatingAdmissionPolicy",
                        "admissionregistration.k8s.io/MutatingAdmissionPolicyBinding",
                        "admissionregistration.k8s.io/MutatingWebhookConfiguration",
                        "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
                        "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
                        "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
                        "apiextensions.k8s.io/CustomResourceDefinition",
                        "apiregistration.k8s.io/APIService",
                        "certificates.k8s.io/CertificateSigningRequest",
                        "certificates.k8s.io/ClusterTrustBundle",
                        "flowcontrol.apiserver.k8s.io/FlowSchema",
                        "flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration",
                        "networking.k8s.io/IPAddress",
                        "networking.k8s.io/IngressClass",
                        "networking.k8s.io/ServiceCIDR",
                        "node.k8s.io/RuntimeClass",
                        "rbac.authorization.k8s.io/ClusterRole",
                        "rbac.authorization.k8s.io/ClusterRoleBinding",
                        "resource.k8s.io/DeviceClass",
                        "scheduling.k8s.io/PriorityClass",
                        "storage.k8s.io/CSIDriver",
                        "storage.k8s.io/CSINode",
                        "storage.k8s.io/StorageClass",
                        "storage.k8s.io/VolumeAttachment",
                        "storage.k8s.io/VolumeAttributesClass");

        private OfCluster() {}

        static boolean is(String group, String kind) {
            return KINDS.contains(group + "/" + kind);
        }
    }
}
