import { Converter, ReflectionKind } from "typedoc";

/**
 * A plugin of TypeDoc. An output that only repeats an argument is documented as the argument is, as editors show it: TypeDoc
 * itself does not look through the mapped type by which the compiler holds the two together. What a member is inherited from is
 * left out, since those classes are not for users.
 */
export function load(/** @type {import("typedoc").Application} */ app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const made of project.getReflectionsByKind(ReflectionKind.Class)) {
      if (!made.isDeclaration()) continue;
      const args = project.getChildByName(`${made.name}Args`);
      for (const output of made.children ?? []) {
        const argument = args?.isDeclaration() && args.children?.find(({ name }) => name === output.name);
        if (argument?.comment && !output.comment) output.comment = argument.comment.clone();
      }
    }
  });
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    for (const each of Object.values(project.reflections)) {
      if (!each.isDeclaration() && !each.isSignature()) continue;
      each.inheritedFrom = undefined;
      each.overwrites = undefined;
      each.implementationOf = undefined;
      if (each.isDeclaration() && each.kindOf(ReflectionKind.Class)) {
        each.extendedTypes = undefined;
        each.implementedTypes = undefined;
      }
    }
  });
}
