//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension KeyHealth {
    /// Whether the service is ready for requests: keys are loaded, and they are not stale.
    ///
    /// Only a fetch can make a service ready. Keep ``IDTokenVerifier/run()`` running, since a service that is not ready
    /// receives no requests that would cause a fetch. Use this for readiness checks only: a restart does not help a
    /// service that has no keys.
    public var isReady: Bool {
        self.isUsable && !self.isStale
    }

    /// The HTTP status for a readiness check: 200 if the service is ready, otherwise 503.
    public var httpStatus: Int {
        self.isReady ? 200 : 503
    }

    /// The state as one JSON object on one line, in ASCII, with times in whole seconds and `null` for missing values.
    ///
    /// ```json
    /// {"ready":true,"usable":true,"stale":false,"keyCount":2,"skippedKeyCount":0,"ageSeconds":71,
    ///  "nextRefreshSeconds":17320,"lastFailure":{"explanation":"…","ageSeconds":72},"clockOffsetSeconds":null}
    /// ```
    /// The explanation of a failure is for operators; it may contain the URL of the key server.
    public var json: String {
        let failure = self.lastFailure.map { failure in
            IDTokenJSON.object(
                [
                    ("explanation", .string(failure.explanation)), ("ageSeconds", .seconds(failure.age)),
                ]
            )
        }
        return
            IDTokenJSON.object(
                [
                    ("ready", .bool(self.isReady)),
                    ("usable", .bool(self.isUsable)),
                    ("stale", .bool(self.isStale)),
                    ("keyCount", .number("\(self.keyCount)")),
                    ("skippedKeyCount", .number("\(self.skippedKeyCount)")),
                    ("ageSeconds", .seconds(self.age)),
                    ("nextRefreshSeconds", .seconds(self.nextRefresh)),
                    ("lastFailure", failure ?? .null),
                    ("clockOffsetSeconds", .seconds(self.clockOffset)),
                ]
            )
            .json
    }
}

extension IDTokenJSON {
    fileprivate static func seconds(_ duration: Duration?) -> IDTokenJSON {
        duration.map { .number("\($0.components.seconds)") } ?? .null
    }
}
