import { collections, isCollection } from "../../../emulator/account/collections";
import { profileSeed, profiles } from "../../../emulator/account/profiles";
import { loadDocuments } from "../../../emulator/api/documents";

const documents = loadDocuments();

test.each(Object.entries(collections))("Twilio lists %s at its path", (_, { path }) => {
  const [document = "", template = ""] = path.split(" ");
  const paths = documents.get(document)?.paths ?? {};
  expect(paths[template] ?? paths[`${template}.json`]).toBeDefined();
});

test.each(profiles)("the SIDs in the profile %s have the prefix of their kind", (profile) => {
  const accounts = Object.values(profileSeed(profile).accounts);
  const wrong = accounts.flatMap((account) =>
    Object.entries(account).flatMap(([name, records]) =>
      isCollection(name)
        ? Object.keys(records ?? {}).filter((sid) => !sid.startsWith(collections[name].prefix))
        : [],
    ),
  );
  expect(wrong).toEqual([]);
});
