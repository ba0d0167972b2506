//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken
internal import IDTokenBytes

/// The content of a record: a credential, and the time at which it was captured.
struct CapturedRecord {
    /// What was found in the place of a credential.
    enum Credential {
        case token(String)
        /// There is no credential.
        case none
        /// A header has no credential, or two.
        case refused(VerificationError)
        /// The record is not well-formed.
        case malformed(String)
        case tooLarge
    }

    var credential: Credential
    /// In seconds since 1970.
    var time: Double?

    /// The places of the credential and the time in a JSON record.
    struct Fields: Sendable {
        var credential: FieldPath?
        var time: FieldPath?
    }

    /// Reads a record.
    static func read(_ record: RawRecord, of batch: RecordBatch, fields: Fields) -> CapturedRecord {
        switch record.flaw {
        case .tooLarge: return CapturedRecord(credential: .tooLarge)
        case .cutShort:
            return CapturedRecord(credential: .malformed("the input ends in the middle of the HTTP archive"))
        case nil: break
        }
        let bytes = batch.bytes[record.range]
        var captured =
            switch batch.format {
            case .tokens: CapturedRecord(credential: Self.token(bytes))
            case .headers: CapturedRecord(headerLines: bytes)
            case .ndjson: CapturedRecord(object: bytes, fields: fields)
            case .har: CapturedRecord(entry: bytes)
            }
        if case .malformed(let reason) = captured.credential, record.isUnterminated {
            captured.credential = .malformed(reason + "; the input ends in this line, without a line end")
        }
        return captured
    }

    private init(credential: Credential) {
        self.credential = credential
    }
}

extension CapturedRecord {
    private static func token(_ bytes: ArraySlice<UInt8>) -> Credential {
        guard let text = String(validating: bytes, as: UTF8.self) else { return .malformed("it is not UTF-8") }
        return Self.credential(text)
    }

    /// Takes a token as it is, or a header's value with the token in it.
    private static func credential(_ text: String) -> Credential {
        let span = text.utf8.span
        if span.isEmpty { return .none }
        if Bytes.firstIndex(of: UInt8(ascii: " "), in: span, from: 0) == nil,
            Bytes.firstIndex(of: UInt8(ascii: "\t"), in: span, from: 0) == nil
        {
            return .token(text)
        }
        let start = text.utf8.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        let word = start.prefix { $0 > UInt8(ascii: " ") }
        if word.isEmpty { return .none }
        if start[word.endIndex...].allSatisfy({ $0 <= UInt8(ascii: " ") }) { return .token(String(Substring(word))) }
        return Self.headers([("Authorization", text)])
    }

    private static func headers(_ headers: [(name: String, value: String)]) -> Credential {
        if headers.isEmpty { return .none }
        do throws(VerificationError) {
            return .token(try IDTokenVerifier.credential(in: headers))
        } catch {
            return .refused(error)
        }
    }

    private init(headerLines bytes: ArraySlice<UInt8>) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            self.init(credential: .malformed("a header is not UTF-8"))
            return
        }
        var headers: [(name: String, value: String)] = []
        var date: String?
        for line in text.split(separator: "\n") {
            let value = String(line.dropFirst())
            switch line.first {
            case "a": headers.append(("Authorization", value))
            case "x": headers.append(("X-Serverless-Authorization", value))
            default: date = date ?? value
            }
        }
        self.init(credential: Self.headers(headers))
        self.time = date.flatMap { CapturedTime.seconds(httpDate: String($0.drop { $0 == " " })) }
    }

    private init(entry bytes: ArraySlice<UInt8>) {
        do throws(JSONError) {
            let entry = try JSONReader.read(Array(bytes))
            guard let headers = entry.objectValue?["headers"] else {
                self.init(credential: .malformed("the entry's request has no headers"))
                return
            }
            self.init(credential: Self.credential(of: [headers]))
            self.time = entry.objectValue?["startedDateTime"].flatMap { CapturedTime.seconds($0) }
        } catch {
            self.init(credential: .malformed("it is not JSON: \(error.reason.rawValue)"))
        }
    }

    private static let usualTimes = ["timestamp", "time", "@timestamp", "ts"]

    private init(object bytes: ArraySlice<UInt8>, fields: Fields) {
        if bytes.allSatisfy({ $0 <= UInt8(ascii: " ") }) {
            self.init(credential: .none)
            return
        }
        do throws(JSONError) {
            let value = try JSONReader.read(Array(bytes))
            guard let object = value.objectValue else {
                self.init(credential: .malformed("it is not a JSON object"))
                return
            }
            self.init(credential: Self.credential(of: fields.credential?.values(in: value) ?? []))
            if let path = fields.time {
                self.time = path.values(in: value).first.flatMap { CapturedTime.seconds($0) }
            } else {
                self.time = Self.usualTimes.lazy.compactMap { object[$0] }.first.flatMap { CapturedTime.seconds($0) }
            }
        } catch {
            self.init(credential: .malformed("it is not JSON: \(error)"))
        }
    }

    /// Takes the credential out of values: text, an object of headers, or a list of headers.
    private static func credential(of values: [IDTokenJSON]) -> Credential {
        var texts: [String] = []
        var headers: [(name: String, value: String)] = []
        for value in values.flatMap({ $0.arrayValue ?? [$0] }) {
            switch value {
            case .string(let text): texts.append(text)
            case .object(let object):
                // Either one header with its name and value, or all of them by their names.
                if let name = object["name"]?.stringValue, let value = object["value"]?.stringValue {
                    headers.append((name, value))
                } else {
                    for member in object {
                        for value in member.value.arrayValue ?? [member.value] {
                            if let text = value.stringValue { headers.append((member.name, text)) }
                        }
                    }
                }
            default: continue
            }
        }
        if texts.isEmpty { return self.headers(headers) }
        guard let first = texts.first, texts.allSatisfy({ $0.isExactly(first) }), headers.isEmpty else {
            return .refused(
                VerificationError(
                    .credentialsAmbiguous,
                    "The record contains several credentials; let --field name one of them."
                )
            )
        }
        return self.credential(first)
    }
}
#endif
