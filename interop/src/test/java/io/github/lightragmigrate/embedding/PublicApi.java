package io.github.lightragmigrate.embedding;

import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What another program can name of some packages, as text: a line for each type and each of its
 * members, in the order of the alphabet. Nullness is not in it, which class files keep elsewhere.
 */
final class PublicApi {

  private static final String OURS = "io.github.lightragmigrate.";

  private static final Set<JavaModifier> SHOWN =
      EnumSet.of(
          JavaModifier.PUBLIC,
          JavaModifier.PROTECTED,
          JavaModifier.STATIC,
          JavaModifier.FINAL,
          JavaModifier.ABSTRACT);

  /** Every type has them. */
  private static final Set<String> OF_OBJECT = Set.of("equals", "hashCode", "toString");

  private PublicApi() {}

  static String of(Collection<String> packages) {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(packages).stream()
            .filter(PublicApi::isVisible)
            .sorted((a, b) -> a.getName().compareTo(b.getName()))
            .map(PublicApi::described)
            .collect(joining("\n"));
  }

  private static boolean isVisible(JavaClass type) {
    return isVisible(type.getModifiers())
        && type.getEnclosingClass().map(PublicApi::isVisible).orElse(true);
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static String described(JavaClass type) {
    Set<String> members = new TreeSet<>();
    Stream.of(type.getAllFields(), type.getConstructors(), type.getAllMethods())
        .flatMap(Collection::stream)
        .filter(member -> isOf(member, type))
        .forEach(member -> members.add("  " + described(member) + "\n"));
    return modifiers(type.getModifiers())
        + kind(type)
        + (type.getName() + typeParameters(type.getTypeParameters())).replace(OURS, "")
        + named(" extends ", type.getSuperclass().stream())
        + named(" implements ", type.getInterfaces().stream())
        + "\n"
        + String.join("", members);
  }

  /** Whether it is the type's own, or comes from a parent that cannot be named itself. */
  private static boolean isOf(JavaMember member, JavaClass type) {
    Set<JavaModifier> modifiers = member.getModifiers();
    return isVisible(modifiers)
        && !modifiers.contains(JavaModifier.SYNTHETIC)
        && !OF_OBJECT.contains(member.getName())
        && (member.getOwner().equals(type)
            || (member.getOwner().getName().startsWith(OURS) && !isVisible(member.getOwner())));
  }

  private static String described(JavaMember member) {
    if (member instanceof JavaField field) {
      return modifiers(field.getModifiers()) + name(field.getType()) + " " + field.getName();
    }
    JavaCodeUnit code = (JavaCodeUnit) member;
    String parameters =
        code.getParameterTypes().stream().map(PublicApi::name).collect(joining(", "));
    return modifiers(code.getModifiers())
        + typeParameters(code.getTypeParameters())
        + (code.isConstructor() ? "" : name(code.getReturnType()) + " ")
        + code.getName()
        + ("(" + parameters + ")")
        + named(" throws ", code.getExceptionTypes().stream());
  }

  private static String modifiers(Set<JavaModifier> modifiers) {
    return modifiers.stream()
        .filter(SHOWN::contains)
        .map(modifier -> modifier.name().toLowerCase(Locale.ROOT) + " ")
        .collect(joining());
  }

  private static String kind(JavaClass type) {
    if (type.isInterface()) {
      return "interface ";
    }
    return type.isEnum() ? "enum " : type.isRecord() ? "record " : "class ";
  }

  private static String typeParameters(Collection<? extends JavaType> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.stream().map(JavaType::getName).collect(joining(", ", "<", ">"));
  }

  private static String named(String before, Stream<? extends JavaType> types) {
    String names =
        types
            .map(PublicApi::name)
            .filter(name -> !name.equals("Object"))
            .sorted()
            .collect(joining(", "));
    return names.isEmpty() ? "" : before + names;
  }

  private static String name(JavaType type) {
    return type.getName().replace(OURS, "").replaceAll("\\bjava\\.lang\\.(?=[A-Z])", "");
  }
}
