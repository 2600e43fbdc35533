//! Devices: on what people take calls.
import { useState } from 'react';
import { Press } from '../../parts/Press';
import { devices, setDevice, type SetupDevice } from '../../transport/setup';
import { useWords } from '../../words/words';
import { Choice, Field, Refusal, Stale, useSaving } from './form';
import { useLoaded } from './hooks';

function Row({ device, again }: { device: SetupDevice; again: () => Promise<void> }) {
  const { t } = useWords();
  const [kind, setKind] = useState<SetupDevice['kind']>(device.kind);
  const [address, setAddress] = useState(device.address ?? '');
  const [version, setVersion] = useState(device.version);
  const saving = useSaving<SetupDevice>();
  const save = (on: number) => saving.run(async () => {
    setVersion((await setDevice(device.person, { version: on, kind, address: kind === 'sip' ? address : null })).version);
    await again();
  });
  const said = (of: SetupDevice['kind'], at: string | null | undefined): string => (of === 'sip' ? `${t('device-sip')}: ${at ?? ''}` : t('device-browser'));
  const { stored } = saving;
  const changed = kind !== device.kind || (kind === 'sip' && address !== (device.address ?? ''));
  return (
    <li>
      <span className="who"><b>{device.name}</b> · {device.person}</span>
      <form className="form wide" noValidate onSubmit={(event) => { event.preventDefault(); void save(version); }}>
        <Choice label={t('device-kind')} value={kind} options={[['browser', t('device-browser')], ['sip', t('device-sip')]]} onChange={(event) => setKind(event.currentTarget.value as SetupDevice['kind'])} />
        {kind === 'sip' && <Field label={t('device-address')} hint={t('device-address-hint')} value={address} maxLength={200} spellCheck={false} autoCapitalize="none" onChange={(event) => setAddress(event.currentTarget.value)} />}
        <Refusal text={saving.error} />
        {stored !== null && <Stale rows={[[t('device-kind'), said(stored.kind, stored.address), said(kind, address)]]}
          takeTheirs={() => { setVersion(stored.version); setKind(stored.kind); setAddress(stored.address ?? ''); saving.forget(); }} keepMine={() => void save(stored.version)} />}
        {changed && <div className="acts wide"><Press type="submit" tone="main" resting={saving.busy}>{t('setup-save')}<span className="vh">: {device.name}</span></Press></div>}
      </form>
    </li>
  );
}

/** Devices. */
export function DevicesPart() {
  const { t } = useWords();
  const { value, error, again } = useLoaded(devices);
  return (
    <section className="panel" aria-labelledby="devices">
      <h2 id="devices">{t('setup-devices')}</h2>
      <p className="note">{t('devices-note')}</p>
      <Refusal text={error} />
      <ul className="rows">{value?.map((device) => <Row key={device.person} device={device} again={again} />)}</ul>
    </section>
  );
}
