import type { TranslationBundle } from '@jupyterlab/translation';

import type { IImage } from '../../words';
import { goesAsItIs, HEAVY, HUGE, KINDS, scaled } from './limits';
import { size } from './quotes';

/** Read a picture file so that a model can see it, smaller where it is too large; rejects with words for people. */
export async function readPicture(file: File, trans: TranslationBundle): Promise<IImage> {
  const name = file.name || trans.__('The picture');
  if (file.size > HUGE) {
    throw new Error(trans.__('%1 has %2; pictures up to %3 can be read.', name, size(file.size), size(HUGE)));
  }
  if (!KINDS.includes(file.type)) {
    throw new Error(trans.__('%1 is no PNG, JPEG, WebP or GIF picture. Save it as one of these and try again.', name));
  }
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new Error(trans.__('%1 cannot be read as a picture: the file is damaged or something else.', name));
  }
  try {
    const blob = goesAsItIs(file.type, file.size, bitmap.width, bitmap.height)
      ? file
      : await smaller(bitmap, file.type, trans);
    return { type: 'Image', mime: blob.type, data: await base64(blob, trans) };
  } finally {
    bitmap.close();
  }
}

/** The picture within the limits: as PNG where that is small enough, which keeps text sharp, else as JPEG. */
async function smaller(bitmap: ImageBitmap, kind: string, trans: TranslationBundle): Promise<Blob> {
  const drawnAs = (as: string, quality: number): Promise<Blob> => drawn(bitmap, as, quality, trans);
  const png = kind === 'image/jpeg' ? null : await drawnAs('image/png', 1);
  if (png && png.size <= HEAVY) {
    return png;
  }
  const jpeg = await drawnAs('image/jpeg', 0.85);
  return jpeg.size <= HEAVY ? jpeg : drawnAs('image/jpeg', 0.6);
}

async function drawn(bitmap: ImageBitmap, kind: string, quality: number, trans: TranslationBundle): Promise<Blob> {
  const { width, height } = scaled(bitmap.width, bitmap.height);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (!pen) {
    throw new Error(trans.__('This browser cannot draw pictures.'));
  }
  if (kind === 'image/jpeg') {
    // JPEG has no transparency: without a ground it would be black.
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, width, height);
  }
  pen.drawImage(bitmap, 0, 0, width, height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      blob => {
        if (blob) {
          resolve(blob);
        } else {
          reject(new Error(trans.__('This browser cannot write pictures.')));
        }
      },
      kind,
      quality
    );
  });
}

function base64(blob: Blob, trans: TranslationBundle): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const { result } = reader;
      resolve(typeof result === 'string' ? result.replace(/^[^,]*,/, '') : '');
    };
    reader.onerror = () => {
      reject(new Error(trans.__('The file cannot be read.')));
    };
    reader.readAsDataURL(blob);
  });
}
