package dev.fairlead.cli.tool;

import picocli.CommandLine.Command;

/// `fairlead template`: the template engine without a stack.
@Command(
        name = "template",
        description = "The template engine alone, without a stack.",
        footer = "  fairlead template render page.tpl --values values.yaml")
public final class TemplateCommand {}
