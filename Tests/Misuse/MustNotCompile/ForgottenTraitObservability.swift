//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// error: 'VerifierLog' is unavailable: enable the trait Observability of swift-google-id-token in Package.swift
// error: 'VerifierMetrics' is unavailable: enable the trait Observability of swift-google-id-token in Package.swift
// error: cannot convert value of type 'KeyRefreshService' (aka '`Enable the trait Observability of swift-google-id-token in Package.swift`') to expected element type 'any Service'

import GoogleIDToken
import GoogleIDTokenObservability
import Logging
import ServiceLifecycle

func configuration() -> IDTokenVerifier.Configuration {
    let log = VerifierLog(Logger(label: "callers"))
    let metrics = VerifierMetrics()
    var configuration = IDTokenVerifier.Configuration()
    configuration.onEvent = { event in
        log.write(event)
        metrics.record(event)
    }
    return configuration
}

func services(_ verifier: IDTokenVerifier) -> ServiceGroup {
    ServiceGroup(services: [KeyRefreshService(verifier)])
}
