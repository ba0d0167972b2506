//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension KeyHealth {
    /// Whether requests can be sent to the service: there are keys, and they are not stale.
    ///
    /// Only what fetches can bring this about: have ``IDTokenVerifier/run()`` going, since a service that is not ready
    /// gets no requests that would fetch. Readiness alone may depend on it; a service that is restarted for want of
    /// keys has none after that either.
    public var isReady: Bool {
        self.isUsable && !self.isStale
    }

    /// The answer's status for a readiness check: 200 if ready, else 503.
    public var httpStatus: Int {
        self.isReady ? 200 : 503
    }

    /// All of it as one JSON object on one line, in ASCII; times in whole seconds, `null` for what is not there.
    ///
    /// ```json
    /// {"ready":true,"usable":true,"stale":false,"keyCount":2,"skippedKeyCount":0,"ageSeconds":71,
    ///  "nextRefreshSeconds":17320,"lastFailure":{"explanation":"…","ageSeconds":72},"clockOffsetSeconds":null}
    /// ```
    /// The explanation of a failure is for operators; it may name the key server's URL.
    public var json: String {
        let failure = self.lastFailure.map { failure in
            JSONValue.object(
                JSONObject(members: [
                    ("explanation", .string(failure.explanation)), ("ageSeconds", .seconds(failure.age)),
                ])
            )
        }
        return
            JSONValue.object(
                JSONObject(members: [
                    ("ready", .bool(self.isReady)),
                    ("usable", .bool(self.isUsable)),
                    ("stale", .bool(self.isStale)),
                    ("keyCount", .number(JSONNumber(text: "\(self.keyCount)"))),
                    ("skippedKeyCount", .number(JSONNumber(text: "\(self.skippedKeyCount)"))),
                    ("ageSeconds", .seconds(self.age)),
                    ("nextRefreshSeconds", .seconds(self.nextRefresh)),
                    ("lastFailure", failure ?? .null),
                    ("clockOffsetSeconds", .seconds(self.clockOffset)),
                ])
            )
            .json
    }
}

extension JSONValue {
    fileprivate static func seconds(_ duration: Duration?) -> JSONValue {
        duration.map { .number(JSONNumber(text: "\($0.components.seconds)")) } ?? .null
    }
}
