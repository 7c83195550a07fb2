import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from "node:crypto";
import { AsnParser, AsnSerializer, OctetString } from "@peculiar/asn1-schema";
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_serverAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  NameConstraints,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from "@peculiar/asn1-x509";

/** A certificate and the private key that belongs to it. */
export interface Identity {
  certificate: X509Certificate;
  key: KeyObject;
}

const dayMs = 86_400_000;
const authorityDays = 5 * 365;
/** Some verifiers refuse more than 398. */
const serverDays = 90;
/** Of clocks that do not agree, containers' for instance. */
const skewMs = dayMs;

const organizationName = "2.5.4.10";
const commonName = "2.5.4.3";
const ecdsaWithSha256 = new AlgorithmIdentifier({ algorithm: "1.2.840.10045.4.3.2" });

export const newKey = (): KeyObject => generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;

/** When a certificate ends, as `Date.now()` counts. */
export const endOf = ({ validTo }: X509Certificate): number => Date.parse(validTo);

/** A CA that verifiers believe about twilio.com and what is below it, and about nothing else. */
export function newAuthority(): Identity {
  const key = newKey();
  const id = Buffer.from(keyIdOf(publicKeyOf(key)).buffer)
    .toString("hex")
    .slice(0, 8);
  // A name of its own: two CAs of one name in a trust store are mistaken for each other.
  const name = nameOf({
    [organizationName]: "twilio-flex-emulator",
    [commonName]: `twilio-flex-emulator CA ${id}`,
  });
  const constraints = new NameConstraints({
    permittedSubtrees: subtrees({ dNSName: "twilio.com" }),
    // A kind of name that is not spoken of would be free.
    excludedSubtrees: subtrees({ iPAddress: "0.0.0.0/0" }, { iPAddress: "::/0" }),
  });
  const certificate = issue({
    subject: name,
    subjectKey: key,
    issuer: name,
    issuerKey: key,
    notAfter: Date.now() + authorityDays * dayMs,
    extensions: [
      extension(id_ce_basicConstraints, new BasicConstraints({ cA: true, pathLenConstraint: 0 }), "critical"),
      extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign), "critical"),
      extension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth])),
      extension(id_ce_nameConstraints, constraints, "critical"),
    ],
  });
  return { certificate, key };
}

/** What a server of that name shows. */
export function newServerCertificate(authority: Identity, name: string, key: KeyObject): X509Certificate {
  return issue({
    subject: nameOf({ [organizationName]: "twilio-flex-emulator" }),
    subjectKey: key,
    issuer: AsnParser.parse(authority.certificate.raw, Certificate).tbsCertificate.subject,
    issuerKey: authority.key,
    notAfter: Math.min(Date.now() + serverDays * dayMs, endOf(authority.certificate)),
    extensions: [
      extension(id_ce_basicConstraints, new BasicConstraints(), "critical"),
      extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature), "critical"),
      extension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth])),
      extension(id_ce_subjectAltName, new SubjectAlternativeName([new GeneralName({ dNSName: name })])),
    ],
  });
}

interface Request {
  subject: Name;
  subjectKey: KeyObject;
  issuer: Name;
  issuerKey: KeyObject;
  notAfter: number;
  extensions: Extension[];
}

function issue({ subject, subjectKey, issuer, issuerKey, notAfter, extensions }: Request): X509Certificate {
  const subjectPublicKeyInfo = publicKeyOf(subjectKey);
  const subjectKeyId = new SubjectKeyIdentifier(keyIdOf(subjectPublicKeyInfo).buffer);
  const authorityKeyId = new AuthorityKeyIdentifier({ keyIdentifier: keyIdOf(publicKeyOf(issuerKey)) });
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: newSerialNumber(),
    signature: ecdsaWithSha256,
    issuer,
    validity: new Validity({ notBefore: new Date(Date.now() - skewMs), notAfter: new Date(notAfter) }),
    subject,
    subjectPublicKeyInfo,
    extensions: new Extensions([
      ...extensions,
      extension(id_ce_subjectKeyIdentifier, subjectKeyId),
      extension(id_ce_authorityKeyIdentifier, authorityKeyId),
    ]),
  });
  const signatureValue = sign("sha256", Buffer.from(AsnSerializer.serialize(tbsCertificate)), issuerKey);
  const certificate = new Certificate({
    tbsCertificate,
    signatureAlgorithm: ecdsaWithSha256,
    signatureValue: bytesOf(signatureValue),
  });
  return new X509Certificate(Buffer.from(AsnSerializer.serialize(certificate)));
}

/** Positive, and without a leading zero. */
function newSerialNumber(): ArrayBuffer {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8() & 0x7f) | 0x40);
  return bytesOf(bytes);
}

function publicKeyOf(key: KeyObject): SubjectPublicKeyInfo {
  const der = createPublicKey(key).export({ type: "spki", format: "der" });
  return AsnParser.parse(der, SubjectPublicKeyInfo);
}

/** https://www.rfc-editor.org/rfc/rfc7093#section-2, method 1 */
function keyIdOf({ subjectPublicKey }: SubjectPublicKeyInfo): KeyIdentifier {
  const hash = createHash("sha256").update(Buffer.from(subjectPublicKey)).digest();
  return new KeyIdentifier(bytesOf(hash.subarray(0, 20)));
}

function nameOf(attributes: Record<string, string>): Name {
  return new Name(
    Object.entries(attributes).map(([type, utf8String]) => {
      const value = new AttributeValue({ utf8String });
      return new RelativeDistinguishedName([new AttributeTypeAndValue({ type, value })]);
    }),
  );
}

const subtrees = (...names: Partial<GeneralName>[]) =>
  new GeneralSubtrees(names.map((name) => new GeneralSubtree({ base: new GeneralName(name) })));

function extension(extnID: string, value: object, critical?: "critical"): Extension {
  const extnValue = new OctetString(AsnSerializer.serialize(value));
  return new Extension({ extnID, critical: critical !== undefined, extnValue });
}

/** A copy: a Buffer may be a part of a larger pool. */
function bytesOf(buffer: Buffer): ArrayBuffer {
  const bytes = new ArrayBuffer(buffer.length);
  new Uint8Array(bytes).set(buffer);
  return bytes;
}
