package dev.fairlead.architecture;

import dev.fairlead.testkit.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/// A pom as the tests need it: its direct dependencies and, for the root, the versions that it manages.
final class Pom {
    /// One `<dependency>` as it is written.
    record Dependency(
            String group,
            String artifact,
            Optional<String> version,
            Optional<String> scope,
            Optional<String> type) {
        String key() {
            return group + ":" + artifact;
        }
    }

    private final String name;
    private final Document document;
    private final XPath xpath = XPathFactory.newInstance().newXPath();

    private Pom(String name, Document document) {
        this.name = name;
        this.document = document;
    }

    /// @param path relative to the root of the repository
    static Pom read(String path) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            var document =
                    factory.newDocumentBuilder().parse(Repository.root().resolve(path).toFile());
            return new Pom(path.replaceFirst("/?pom\\.xml$", ""), document);
        } catch (Exception e) {
            throw new IllegalStateException(path, e);
        }
    }

    /// The module's folder; empty for the root.
    String name() {
        return name;
    }

    List<String> texts(String path) {
        return nodes(path).stream().map(Node::getTextContent).map(String::strip).toList();
    }

    List<Dependency> dependencies(String path) {
        return nodes(path).stream()
                .map(node ->
                        new Dependency(
                                child(node, "groupId").orElse(""),
                                child(node, "artifactId").orElse(""),
                                child(node, "version"),
                                child(node, "scope"),
                                child(node, "type")))
                .toList();
    }

    /// What the root's dependencyManagement says of a dependency; from an imported list of versions where it has none.
    Dependency managed(Dependency wanted) {
        var all = dependencies("/project/dependencyManagement/dependencies/dependency");
        return all.stream()
                .filter(dependency -> dependency.key().equals(wanted.key()))
                .findFirst()
                .or(() ->
                        all.stream()
                                .filter(dependency ->
                                        dependency.scope().equals(Optional.of("import")))
                                .filter(list -> wanted.group().startsWith(list.group()))
                                .findFirst()
                                .map(list ->
                                        new Dependency(
                                                wanted.group(),
                                                wanted.artifact(),
                                                list.version(),
                                                Optional.empty(),
                                                Optional.empty())))
                .map(dependency ->
                        new Dependency(
                                dependency.group(),
                                dependency.artifact(),
                                dependency.version().map(this::resolved),
                                dependency.scope(),
                                dependency.type()))
                .orElse(wanted);
    }

    /// A version with its property replaced.
    String resolved(String version) {
        return version.startsWith("${")
                ? texts("/project/properties/" + version.substring(2, version.length() - 1))
                        .getFirst()
                : version;
    }

    private List<Node> nodes(String path) {
        try {
            var found = (NodeList) xpath.evaluate(path, document, XPathConstants.NODESET);
            var nodes = new ArrayList<Node>();
            for (int i = 0; i < found.getLength(); i++) {
                nodes.add(found.item(i));
            }
            return nodes;
        } catch (XPathExpressionException e) {
            throw new IllegalStateException(path, e);
        }
    }

    private static Optional<String> child(Node node, String name) {
        for (var child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeName().equals(name)) {
                return Optional.of(child.getTextContent().strip());
            }
        }
        return Optional.empty();
    }
}
