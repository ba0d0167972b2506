//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import com.google.api.client.googleapis.auth.oauth2.GoogleIdToken;
import com.google.api.client.googleapis.auth.oauth2.GoogleIdTokenVerifier;
import com.google.api.client.googleapis.auth.oauth2.GooglePublicKeysManager;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.JsonFactory;
import com.google.api.client.json.jackson2.JacksonFactory;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.IdTokenCredentials;
import com.google.auth.oauth2.IdTokenProvider;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.Collections;

/** Google's client library for Java against the emulator: see README.md for the arguments. */
public final class Clients {
    public static void main(String[] arguments) throws Exception {
        String url = arguments[1], audience = arguments[2], folder = arguments[3];
        switch (arguments[0]) {
            case "metadata server":
                fetch(ComputeEngineCredentials.create(), audience);
                break;
            case "key file":
                try (FileInputStream key = new FileInputStream(folder + "/service-account-key.json")) {
                    fetch(ServiceAccountCredentials.fromStream(key), audience);
                }
                break;
            case "verify with certificates":
                verify(url + "/oauth2/v1/certs", url + "/oauth2/v3/certs", audience);
                break;
            default:
                throw new IllegalArgumentException("there is no case " + arguments[0]);
        }
    }

    private static void fetch(IdTokenProvider source, String audience) throws Exception {
        IdTokenCredentials credentials = IdTokenCredentials.newBuilder()
                .setIdTokenProvider(source)
                .setTargetAudience(audience)
                // Without the format, the token of a metadata server has no e-mail address.
                .setOptions(Arrays.asList(IdTokenProvider.Option.FORMAT_FULL, IdTokenProvider.Option.LICENSES_TRUE))
                .build();
        credentials.refresh();
        System.out.println(credentials.getAccessToken().getTokenValue());
    }

    private static void verify(String url, String keySetURL, String audience) throws Exception {
        JsonFactory json = JacksonFactory.getDefaultInstance();
        GooglePublicKeysManager keys = new GooglePublicKeysManager.Builder(new NetHttpTransport(), json)
                .setPublicCertsEncodedUrl(url)
                .build();
        GoogleIdTokenVerifier.Builder builder = new GoogleIdTokenVerifier.Builder(keys);
        builder.setAudience(Collections.singletonList(audience));
        // The library verifies the signature twice: by certificates, and by this key set.
        builder.setCertificatesLocation(keySetURL);
        GoogleIdTokenVerifier verifier = builder.build();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            try {
                GoogleIdToken token = verifier.verify(line);
                if (token == null) {
                    System.out.println("refused");
                } else {
                    String email = token.getPayload().getEmail();
                    System.out.println("accepted " + (email == null ? "-" : email));
                }
            } catch (Exception error) {
                System.out.println("refused " + error.getClass().getSimpleName());
            }
        }
    }
}
