//! The codec of the house: browsers offer A-law and nothing else.

/** Only A-law: the centre passes the packets of the telephone network on as they are. */
export function onlyALaw(transceiver: RTCRtpTransceiver): void {
  const codecs = RTCRtpReceiver.getCapabilities('audio')?.codecs ?? [];
  const aLaw = codecs.filter((codec) => codec.mimeType.toLowerCase() === 'audio/pcma');
  if (aLaw.length > 0) transceiver.setCodecPreferences(aLaw);
}
